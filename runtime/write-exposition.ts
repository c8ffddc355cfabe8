import { endings, type Format, familyHeader } from './format.ts'
import type { HandOut } from './hand-out.ts'
import type { Snapshot } from './snapshot.ts'

/** Characters collected before they are encoded; many more are slower, since they no longer fit the CPU caches. */
const chunkSize = 32 * 1024
/** Series after which the event loop gets a turn, even if all of them are absent. */
const turnSeries = 5000

/** Yields to the event loop; waiting for 'drain' or a promise alone would not. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Writes a snapshot piece by piece; writes of the bot in between do not show up in it. */
export async function writeExposition(snapshot: Snapshot, format: Format, out: HandOut): Promise<void> {
  // Every line is preceded by a line break, except the first.
  let begun = false
  let text = ''
  let series = 0
  const flush = (): void => {
    out.give(begun ? text : text.slice(1))
    begun = true
    text = ''
  }
  for (const { family, blocks } of snapshot.families) {
    const { kind } = family
    text += familyHeader(family.metric, format)
    for (const block of blocks) {
      const page = snapshot.chunks[block.range.chunkNumber] as Float64Array
      for (let i = 0; i < block.series; i++) {
        text += kind.lines(family.textOf(block, i), page, block.range.at + i * kind.width, snapshot.now)
        series += 1
        const isFull = text.length > chunkSize
        if (!isFull && series < turnSeries) continue
        if (isFull) flush()
        series = 0
        await turn()
        await out.room()
      }
    }
  }
  text += endings[format]
  flush()
}
