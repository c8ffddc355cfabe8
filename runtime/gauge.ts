import { limitOf } from '../definitions/language/timestamp.ts'
import { refuseNumber } from './amounts.ts'
import { holderOf, refuseDetached } from './bound.ts'
import { display } from './display.ts'
import type { Expiry } from './expiry.ts'
import { sampleText } from './label-text.ts'
import { isFiniteNumber, numberText } from './numbers.ts'
import type { Block, Family, Holder, Kind, Reader } from './shapes.ts'

/** A gauge: one cell per series, NaN while the series is absent; a second one if its values expire. */
export const gaugeKind = (name: string, initially: number | null, expiry: Expiry | null): Kind => ({
  width: expiry === null ? 1 : 2,
  start(chunk, at) {
    chunk[at] = initially ?? Number.NaN
    if (expiry !== null) chunk[at + 1] = Number.NaN
  },
  text: (labels) => sampleText(name, labels),
  lines: (text, chunk, at) => (isAbsent(chunk, at) ? '' : text + numberText(chunk[at] as number)),
  samples: (labels, chunk, at) => (isAbsent(chunk, at) ? [] : [{ labels, value: chunk[at] as number }]),
  handle(family) {
    if (expiry !== null) family.filledBy(() => expire(family, expiry))
    const bind = binding(family, expiry)
    return family.names.length === 0 ? withoutLabels(bind({})) : withLabels(family, bind, expiry)
  },
})

type Bind = ReturnType<typeof binding>

/** Binds labels to a handle whose methods find their series in `this`. */
function binding(family: Family, expiry: Expiry | null) {
  const limit = limitOf(family.metric.unit)
  class Bound {
    readonly #held: Holder
    constructor(labels: unknown) {
      this.#held = holderOf(family, labels)
      Object.freeze(this)
    }
    /** The holder for the method `verb`; null, with a refusal, if it was called detached from its handle. */
    static #of(handle: Bound | undefined, verb: string): Holder | null {
      if (handle !== undefined && #held in handle) return handle.#held
      refuseDetached(family, verb)
      return null
    }
    set(value: unknown): void {
      const held = Bound.#of(this, 'set')
      if (held === null) return
      if (!isFiniteNumber(value) || value >= limit) {
        refuseNumber(family, 'set', 'value', value)
        return
      }
      const chunk = held.chunk ?? held.again('set')
      if (chunk === null) return
      chunk[held.at] = value
      if (expiry !== null) expiry.stamp(chunk, held.at)
    }
    inc(by: unknown = 1): void {
      const held = Bound.#of(this, 'inc')
      if (held !== null) add('inc', held, by)
    }
    dec(by: unknown = 1): void {
      const held = Bound.#of(this, 'dec')
      if (held !== null) add('dec', held, by)
    }
    remove(): void {
      const held = Bound.#of(this, 'remove')
      if (held?.chunk != null && held.block !== null) remove(family, held.block, held.at)
    }
    collect(read: unknown): void {
      const held = Bound.#of(this, 'collect')
      if (held === null || (held.chunk ?? held.again('collect')) === null) return
      if (held.block !== null && !held.block.overflow) collect(family, held.block, held.at, read)
    }
  }
  const add = (verb: 'inc' | 'dec', held: Holder, by: unknown): void => {
    if (!isFiniteNumber(by) || by >= limit) {
      refuseNumber(family, verb, 'amount', by)
      return
    }
    const chunk = held.chunk ?? held.again(verb)
    if (chunk !== null) increase(family, expiry, chunk, held.at, verb === 'inc' ? by : -by)
  }
  return (labels: unknown) => new Bound(labels)
}

function withoutLabels(only: ReturnType<Bind>): object {
  return {
    set: (value: unknown) => only.set(value),
    inc: (by?: unknown) => only.inc(by),
    dec: (by?: unknown) => only.dec(by),
    remove: () => only.remove(),
    collect: (read: unknown) => only.collect(read),
    bind: () => only,
  }
}

function withLabels(family: Family, bind: Bind, expiry: Expiry | null): object {
  const limit = limitOf(family.metric.unit)
  const addTo = (verb: 'inc' | 'dec', labels: unknown, by: unknown): void => {
    if (!isFiniteNumber(by) || by >= limit) {
      refuseNumber(family, verb, 'amount', by)
      return
    }
    const block = family.find(verb, labels)
    if (block !== null) increase(family, expiry, block.range.chunk, family.at, verb === 'inc' ? by : -by)
  }
  return {
    set(labels: unknown, value: unknown): void {
      if (!isFiniteNumber(value) || value >= limit) {
        refuseNumber(family, 'set', 'value', value)
        return
      }
      const block = family.find('set', labels)
      if (block === null) return
      block.range.chunk[family.at] = value
      if (expiry !== null) expiry.stamp(block.range.chunk, family.at)
    },
    inc: (labels: unknown, by: unknown = 1): void => addTo('inc', labels, by),
    dec: (labels: unknown, by: unknown = 1): void => addTo('dec', labels, by),
    remove(labels: unknown): void {
      const block = family.seek('remove', labels)
      if (block !== null) remove(family, block, family.at)
    },
    bind,
  }
}

const isAbsent = (chunk: Float64Array, at: number): boolean => Number.isNaN(chunk[at])

function increase(family: Family, expiry: Expiry | null, chunk: Float64Array, at: number, by: number): void {
  // what expired since the last scrape must not live on in a sum
  const before = expiry?.isOver(chunk, at) ? (family.metric.initially ?? 0) : (chunk[at] as number)
  chunk[at] = (Number.isNaN(before) ? 0 : before) + by
  expiry?.stamp(chunk, at)
}

/** Ends every value that was not set again in time; one that is computed at each scrape is always true. */
function expire(family: Family, expiry: Expiry): void {
  const { initially } = family.metric
  for (const block of family.blocks)
    for (let i = 0; i < block.series; i++) {
      const { chunk } = block.range
      const at = block.range.at + i * family.kind.width
      if (!expiry.isOver(chunk, at) || family.readers.has(placeOf(block, at))) continue
      if (initially === null) remove(family, block, at)
      else {
        family.written.add(i)
        chunk[at] = initially
        chunk[at + 1] = Number.NaN
      }
    }
}

const placeOf = (block: Block, at: number): string => `${block.range.chunkNumber}:${at}`

/** Makes a series absent; removing the last one of a block frees the block's place in the budget. */
export function remove(family: Family, block: Block, at: number): void {
  const place = at - block.range.at
  const { width } = family.kind
  if (!isAbsent(block.range.chunk, at)) family.written.add(place / width)
  block.range.chunk.fill(Number.NaN, at, at + width)
  family.readers.delete(placeOf(block, at))
  if (!block.overflow) removeFollowers(family, family.valuesOf(block, place))
  if (family.openNames.length === 0) return
  const { chunk, at: first, size } = block.range
  if (chunk.subarray(first, first + size).every(Number.isNaN)) family.drop(block)
}

/** Removes the series declared with `endsWith` to end with the series of these label values. */
function removeFollowers({ names, followers }: Family, values: readonly string[]): void {
  if (followers.size === 0) return
  const labels = Object.fromEntries(names.map((name, i) => [name, values[i]]))
  for (const follower of followers) {
    const block = follower.seek('remove', labels)
    if (block !== null) remove(follower, block, follower.at)
  }
}

function collect(family: Family, block: Block, at: number, read: unknown): void {
  if (typeof read === 'function')
    family.readers.set(placeOf(block, at), { block, at, read: read as Reader, pending: false, late: 0, restsUntil: 0 })
  else
    family.refuse(
      'collect',
      'reader',
      `the collect callback is ${display(read)}, expected a function that returns a number at each scrape`,
    )
}
