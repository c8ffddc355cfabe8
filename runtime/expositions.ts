import type { Cells } from './cells.ts'
import type { Format } from './format.ts'
import { gzip } from './gzip.ts'
import { createHandOut, type Take } from './hand-out.ts'
import type { Family } from './shapes.ts'
import { completeSnapshot, takeSnapshot } from './snapshot.ts'
import { turn, writeExposition } from './write-exposition.ts'

/** Hands out one complete exposition, compressed on request; settles when all of it has been handed out. */
export type Expositions = (format: Format, take: Take, compressed?: boolean) => Promise<void>

interface Page {
  readonly plain: Take[]
  readonly compressed: Take[]
  readonly written: Promise<void>
}

/**
 * Concurrent scrapes share one exposition, and expositions are written one after another. A scrape that arrives during
 * writing gets the next one, so that every scrape sees what was recorded before it arrived.
 */
export function createExpositions(families: readonly Family[], cells: Cells, now: () => number): Expositions {
  const coming = new Map<Format, Page>()
  const handOut = createHandOut()
  let last: Promise<unknown> = Promise.resolve()
  const begin = (format: Format): Page => {
    const plain: Take[] = []
    const compressed: Take[] = []
    const written = last.then(turn).then(async () => {
      coming.delete(format)
      const snapshot = takeSnapshot(families, cells, now)
      const whole = snapshot.pending.length === 0 ? snapshot : await completeSnapshot(snapshot)
      const zip = compressed.length === 0 ? null : gzip(compressed)
      const out = handOut(zip === null ? plain : [...plain, zip.take])
      try {
        await writeExposition(whole, format, out)
      } finally {
        out.end()
      }
      await zip?.end()
    })
    last = written.catch(() => {})
    const exposition = { plain, compressed, written }
    coming.set(format, exposition)
    return exposition
  }
  return (format, take, compressed = false) => {
    const exposition = coming.get(format) ?? begin(format)
    ;(compressed ? exposition.compressed : exposition.plain).push(take)
    return exposition.written
  }
}
