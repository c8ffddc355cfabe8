import type { Cells } from './cells.ts'
import type { Family } from './family.ts'
import type { Format } from './format.ts'
import { type Page, turn, writePage } from './page.ts'
import { completed, takeSnapshot } from './snapshot.ts'

export type Pages = (format: Format) => Promise<Page>

/**
 * Scrapes that come together get one page, and pages are written one after another. Who asks while one is being written
 * gets the next, so that everybody sees what was recorded before they asked.
 */
export function createPages(families: readonly Family[], cells: Cells, now: () => number): Pages {
  const coming = new Map<Format, Promise<Page>>()
  let last: Promise<unknown> = Promise.resolve()
  return (format) => {
    const shared = coming.get(format)
    if (shared !== undefined) return shared
    const page = last.then(turn).then(async () => {
      coming.delete(format)
      const snapshot = takeSnapshot(families, cells, now)
      return writePage(snapshot.coming.length === 0 ? snapshot : await completed(snapshot), format)
    })
    coming.set(format, page)
    // Its end, not its value: a page that nobody needs any more must not be kept.
    last = page.then(ended, ended)
    return page
  }
}

const ended = (): void => {}
