import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { contentTypes, endings, type Format, header } from './format.ts'
import type { Snapshot } from './snapshot.ts'

/** One whole exposition, in the pieces in which it was written. */
export interface Page {
  readonly contentType: string
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  /** The same, compressed once for all who ask. */
  readonly gzip: () => Promise<readonly Buffer[]>
}

/** Characters that are put together before they become bytes; many more are slower, since they leave the processor's caches. */
const chunkSize = 32 * 1024
/** Chunks after which the event loop gets its turn. */
const turnChunks = 4
/** Series after which it does even where all of them are absent. */
const turnSeries = 5000

/** Lets the bot run: waiting for 'drain' or a promise alone would not. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Writes a snapshot out piece by piece; the bot may write on between the pieces without being seen. */
export async function writePage(snapshot: Snapshot, format: Format): Promise<Page> {
  const chunks: Buffer[] = []
  // Every line is written behind its line break; the first has none.
  let text = ''
  let atTurn = 0
  let series = 0
  const flush = (): void => {
    chunks.push(Buffer.from(chunks.length === 0 ? text.slice(1) : text))
    text = ''
  }
  for (const { family, blocks } of snapshot.families) {
    const { kind } = family
    text += header(family.metric, format)
    for (const block of blocks) {
      const page = snapshot.pages[block.run.pageNumber] as Float64Array
      for (let i = 0; i < block.series; i++) {
        text += kind.lines(family.textOf(block, i), page, block.run.at + i * kind.width, snapshot.now)
        series += 1
        if (text.length > chunkSize) flush()
        if (chunks.length - atTurn >= turnChunks || series > turnSeries) {
          atTurn = chunks.length
          series = 0
          await turn()
        }
      }
    }
  }
  text += endings[format]
  flush()
  let compressed: Promise<readonly Buffer[]> | null = null
  return Object.freeze({
    contentType: contentTypes[format],
    chunks,
    bytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
    gzip() {
      compressed ??= gzip(chunks)
      return compressed
    },
  })
}

// Level 1: the default costs five times the rendering and saves an eighth.
const gzip = (chunks: readonly Buffer[]): Promise<readonly Buffer[]> =>
  Readable.from(chunks)
    .pipe(createGzip({ level: 1 }))
    .toArray() as Promise<Buffer[]>
