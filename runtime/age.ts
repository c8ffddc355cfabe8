import { createHolder, isHeld } from './bound.ts'
import { remove } from './gauge.ts'
import type { Kind } from './kind.ts'
import { sampleText } from './label-text.ts'
import { numberText } from './numbers.ts'

/** An age: the cell holds the millisecond of the last touch, or of the series' birth; NaN once it was removed. */
export const ageKind = (name: string, now: () => number): Kind => ({
  width: 1,
  start(page, at) {
    page[at] = now()
  },
  text: (labels) => sampleText(name, labels),
  lines(text, page, at, moment) {
    const since = page[at] as number
    return Number.isNaN(since) ? '' : `${text}${numberText(secondsFrom(since, moment))}\n`
  },
  samples(labels, page, at, moment) {
    const since = page[at] as number
    return Number.isNaN(since) ? [] : [{ labels, value: secondsFrom(since, moment) }]
  },
  handle(family) {
    const bind = (labels: unknown) => {
      const held = createHolder(family, labels)
      return Object.freeze({
        touch(): void {
          if (isHeld(held) || held.again('touch')) held.page[held.at] = now()
        },
        remove(): void {
          if (held.block !== null && isHeld(held)) remove(family, held.block, held.at)
        },
      })
    }
    if (family.names.length === 0) return { ...bind({}), bind: () => bind({}) }
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

/** To the millisecond, and never negative, whatever the clock does. */
const secondsFrom = (since: number, moment: number): number => Math.max(0, Math.round(moment - since)) / 1000
