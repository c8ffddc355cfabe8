import type { Cells } from './cells.ts'
import type { Format } from './format.ts'
import { gzip } from './gzip.ts'
import { createHandOut, type Take } from './hand-out.ts'
import { turn, writePage } from './page.ts'
import type { Family } from './shapes.ts'
import { completed, takeSnapshot } from './snapshot.ts'

/** Hands out one whole page, compressed where asked for; settles when all of it was handed out. */
export type Pages = (format: Format, take: Take, compressed?: boolean) => Promise<void>

interface Page {
  readonly plain: Take[]
  readonly compressed: Take[]
  readonly written: Promise<void>
}

/**
 * Scrapes that come together get one page, and pages are written one after another. Who asks while one is being written
 * gets the next, so that everybody sees what was recorded before they asked.
 */
export function createPages(families: readonly Family[], cells: Cells, now: () => number): Pages {
  const coming = new Map<Format, Page>()
  const handOut = createHandOut()
  let last: Promise<unknown> = Promise.resolve()
  const begin = (format: Format): Page => {
    const plain: Take[] = []
    const compressed: Take[] = []
    const written = last.then(turn).then(async () => {
      coming.delete(format)
      const snapshot = takeSnapshot(families, cells, now)
      const whole = snapshot.coming.length === 0 ? snapshot : await completed(snapshot)
      const zip = compressed.length === 0 ? null : gzip(compressed)
      const out = handOut(zip === null ? plain : [...plain, zip.take])
      try {
        await writePage(whole, format, out)
      } finally {
        out.end()
      }
      await zip?.end()
    })
    last = written.catch(() => {})
    const page = { plain, compressed, written }
    coming.set(format, page)
    return page
  }
  return (format, take, compressed = false) => {
    const page = coming.get(format) ?? begin(format)
    ;(compressed ? page.compressed : page.plain).push(take)
    return page.written
  }
}
