import { holderOf, refuseDetached } from './bound.ts'
import { remove } from './gauge.ts'
import { sampleText } from './label-text.ts'
import { numberText } from './numbers.ts'
import type { Holder, Kind } from './shapes.ts'

/** An age: the cell holds the time of the last touch in milliseconds, or the negated creation time until the first touch; NaN if removed. */
export const ageKind = (name: string, now: () => number): Kind => ({
  width: 1,
  start(chunk, at) {
    chunk[at] = -now()
  },
  text: (labels) => sampleText(name, labels),
  lines(text, chunk, at, moment) {
    const since = chunk[at] as number
    return Number.isNaN(since) ? '' : text + numberText(secondsFrom(since, moment))
  },
  samples(labels, chunk, at, moment) {
    const since = chunk[at] as number
    return Number.isNaN(since) ? [] : [{ labels, value: secondsFrom(since, moment) }]
  },
  handle(family) {
    class Bound {
      readonly #held: Holder
      constructor(labels: unknown) {
        this.#held = holderOf(family, labels)
        Object.freeze(this)
      }
      touch(): void {
        if (this === undefined || !(#held in this)) {
          refuseDetached(family, 'touch')
          return
        }
        const held = this.#held
        const chunk = held.chunk ?? held.again('touch')
        if (chunk !== null) chunk[held.at] = now()
      }
      remove(): void {
        if (this === undefined || !(#held in this)) {
          refuseDetached(family, 'remove')
          return
        }
        const { chunk, block, at } = this.#held
        if (chunk !== null && block !== null) remove(family, block, at)
      }
    }
    const bind = (labels: unknown) => new Bound(labels)
    if (family.names.length === 0) {
      const only = bind({})
      return { touch: () => only.touch(), remove: () => only.remove(), bind: () => only }
    }
    return {
      touch(labels: unknown): void {
        const block = family.find('touch', labels)
        if (block !== null) block.range.chunk[family.at] = now()
      },
      remove(labels: unknown): void {
        const block = family.seek('remove', labels)
        if (block !== null) remove(family, block, family.at)
      },
      bind,
    }
  },
})

/** Rounded to the millisecond and never negative, even if the clock goes back. */
const secondsFrom = (since: number, moment: number): number => Math.max(0, Math.round(moment - Math.abs(since))) / 1000
