import { isIncrement, refuseIncrement } from './amounts.ts'
import { holderOf, refuseDetached } from './bound.ts'
import { sampleText } from './label-text.ts'
import { numberText } from './numbers.ts'
import type { Holder, Kind } from './shapes.ts'

/** A counter: one cell per series, starting at 0. */
export const counterKind = (name: string): Kind => ({
  width: 1,
  start: () => {},
  text: (labels) => sampleText(name, labels),
  lines: (text, chunk, at) => text + numberText(chunk[at] as number),
  samples: (labels, chunk, at) => [{ labels, value: chunk[at] as number }],
  handle(family) {
    class Bound {
      readonly #held: Holder
      constructor(labels: unknown) {
        this.#held = holderOf(family, labels)
        Object.freeze(this)
      }
      inc(by: unknown = 1): void {
        if (this === undefined || !(#held in this)) {
          refuseDetached(family, 'inc')
          return
        }
        if (!isIncrement(by)) {
          refuseIncrement(family, by)
          return
        }
        const held = this.#held
        const chunk = held.chunk ?? held.again('inc')
        if (chunk !== null) (chunk[held.at] as number) += by
      }
    }
    const bind = (labels: unknown) => new Bound(labels)
    if (family.names.length === 0) {
      const only = bind({})
      return { inc: (by?: unknown) => only.inc(by), bind: () => only }
    }
    return {
      inc(labels: unknown, by: unknown = 1): void {
        if (!isIncrement(by)) {
          refuseIncrement(family, by)
          return
        }
        const block = family.find('inc', labels)
        if (block !== null) (block.range.chunk[family.at] as number) += by
      },
      bind,
    }
  },
})
