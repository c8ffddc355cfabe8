import { remove } from './gauge.ts'
import { sampleText } from './label-text.ts'
import type { Block, Kind } from './shapes.ts'

/** An info: one series at a time with the value 1; the cells of all others are NaN. */
export const infoKind = (name: string): Kind => ({
  width: 1,
  start(chunk, at) {
    chunk[at] = Number.NaN
  },
  text: (labels) => sampleText(name, labels),
  lines: (text, chunk, at) => (Number.isNaN(chunk[at]) ? '' : `${text}1`),
  samples: (labels, chunk, at) => (Number.isNaN(chunk[at]) ? [] : [{ labels, value: 1 }]),
  handle(family) {
    let last: { readonly block: Block; readonly at: number } | null = null
    return {
      set(labels: unknown): void {
        const block = family.find('set', labels)
        if (block === null) return
        const { at } = family
        const before = last
        last = { block, at }
        block.range.chunk[at] = 1
        if (before?.block.alive && (before.block !== block || before.at !== at)) remove(family, before.block, before.at)
      },
    }
  },
})
