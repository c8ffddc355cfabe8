import { refuseNumber } from './amounts.ts'
import { createHolder, isHeld } from './bound.ts'
import type { Block, Family, Reader } from './family.ts'
import type { Kind } from './kind.ts'
import { sampleText } from './label-text.ts'
import { isNumber, numberText } from './numbers.ts'
import { shown } from './shown.ts'

/** A gauge: one cell a series, NaN while the series is absent. */
export const gaugeKind = (name: string, initially: number | null): Kind => ({
  width: 1,
  start(page, at) {
    page[at] = initially ?? Number.NaN
  },
  text: (labels) => sampleText(name, labels),
  lines: (text, page, at) => (isAbsent(page, at) ? '' : `${text}${numberText(page[at] as number)}\n`),
  samples: (labels, page, at) => (isAbsent(page, at) ? [] : [{ labels, value: page[at] as number }]),
  handle(family) {
    const bind = (labels: unknown) => {
      const held = createHolder(family, labels)
      const add = (verb: 'inc' | 'dec', by: unknown): void => {
        if (!isNumber(by)) refuseNumber(family, verb, 'amount', by)
        else if (isHeld(held) || held.again(verb)) increase(held.page, held.at, verb === 'inc' ? by : -by)
      }
      return Object.freeze({
        set(value: unknown): void {
          if (!isNumber(value)) refuseNumber(family, 'set', 'value', value)
          else if (isHeld(held) || held.again('set')) held.page[held.at] = value
        },
        inc: (by: unknown = 1): void => add('inc', by),
        dec: (by: unknown = 1): void => add('dec', by),
        remove(): void {
          if (held.block !== null && isHeld(held)) remove(family, held.block, held.at)
        },
        collect(read: unknown): void {
          if (!isHeld(held) && !held.again('collect')) return
          if (held.block !== null) collect(family, held.block, held.at, read)
        },
      })
    }
    if (family.names.length === 0) return { ...bind({}), bind: () => bind({}) }
    const add = (verb: 'inc' | 'dec', labels: unknown, by: unknown): void => {
      if (!isNumber(by)) {
        refuseNumber(family, verb, 'amount', by)
        return
      }
      const block = family.find(verb, labels)
      if (block !== null) increase(block.run.page, family.at, verb === 'inc' ? by : -by)
    }
    return {
      set(labels: unknown, value: unknown): void {
        if (!isNumber(value)) {
          refuseNumber(family, 'set', 'value', value)
          return
        }
        const block = family.find('set', labels)
        if (block !== null) block.run.page[family.at] = value
      },
      inc: (labels: unknown, by: unknown = 1): void => add('inc', labels, by),
      dec: (labels: unknown, by: unknown = 1): void => add('dec', labels, by),
      remove(labels: unknown): void {
        const block = family.seek('remove', labels)
        if (block !== null) remove(family, block, family.at)
      },
      bind,
    }
  },
})

const isAbsent = (page: Float64Array, at: number): boolean => Number.isNaN(page[at])

function increase(page: Float64Array, at: number, by: number): void {
  page[at] = (isAbsent(page, at) ? 0 : (page[at] as number)) + by
}

const placeOf = (block: Block, at: number): string => `${block.run.pageNumber}:${at}`

/** Makes a series absent; the last one of a block frees the block's place in the budget. */
export function remove(family: Family, block: Block, at: number): void {
  block.run.page[at] = Number.NaN
  family.readers.delete(placeOf(block, at))
  if (family.openNames.length === 0) return
  const { page, at: first, size } = block.run
  if (page.subarray(first, first + size).every(Number.isNaN)) family.drop(block)
}

function collect(family: Family, block: Block, at: number, read: unknown): void {
  if (typeof read === 'function') family.readers.set(placeOf(block, at), { block, at, read: read as Reader })
  else
    family.refuse(
      'collect',
      'reader',
      `the reader is ${shown(read)}, expected a function that returns a number whenever it is asked`,
    )
}
