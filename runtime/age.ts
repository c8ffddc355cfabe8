import { detached, holderOf } from './bound.ts'
import { remove } from './gauge.ts'
import { sampleText } from './label-text.ts'
import { numberText } from './numbers.ts'
import type { Holder, Kind } from './shapes.ts'

/** An age: the cell holds the time of the last touch in milliseconds, or the negated creation time until the first touch; NaN if removed. */
export const ageKind = (name: string, now: () => number): Kind => ({
  width: 1,
  start(page, at) {
    page[at] = -now()
  },
  text: (labels) => sampleText(name, labels),
  lines(text, page, at, moment) {
    const since = page[at] as number
    return Number.isNaN(since) ? '' : text + numberText(secondsFrom(since, moment))
  },
  samples(labels, page, at, moment) {
    const since = page[at] as number
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
          detached(family, 'touch')
          return
        }
        const held = this.#held
        const page = held.page ?? held.again('touch')
        if (page !== null) page[held.at] = now()
      }
      remove(): void {
        if (this === undefined || !(#held in this)) {
          detached(family, 'remove')
          return
        }
        const { page, block, at } = this.#held
        if (page !== null && block !== null) remove(family, block, at)
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
        if (block !== null) block.run.page[family.at] = now()
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
