import { isIncrement, refuseIncrement } from './amounts.ts'
import { createHolder, isHeld } from './bound.ts'
import type { Kind } from './kind.ts'
import { sampleText } from './label-text.ts'
import { numberText } from './numbers.ts'

/** A counter: one cell a series, which starts at 0. */
export const counterKind = (name: string): Kind => ({
  width: 1,
  start: () => {},
  text: (labels) => sampleText(name, labels),
  lines: (text, page, at) => `${text}${numberText(page[at] as number)}\n`,
  samples: (labels, page, at) => [{ labels, value: page[at] as number }],
  handle(family) {
    const bind = (labels: unknown) => {
      const held = createHolder(family, labels)
      return Object.freeze({
        inc(by: unknown = 1): void {
          if (!isIncrement(by)) refuseIncrement(family, by)
          else if (isHeld(held) || held.again('inc')) (held.page[held.at] as number) += by
        },
      })
    }
    if (family.names.length === 0) return { ...bind({}), bind: () => bind({}) }
    return {
      inc(labels: unknown, by: unknown = 1): void {
        if (!isIncrement(by)) {
          refuseIncrement(family, by)
          return
        }
        const block = family.find('inc', labels)
        if (block !== null) (block.run.page[family.at] as number) += by
      },
      bind,
    }
  },
})
