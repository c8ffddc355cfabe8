import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { contentTypes, endings, type Format, header } from './format.ts'
import { labelText } from './label-text.ts'
import type { Snapshot } from './snapshot.ts'

/** One whole exposition, in the pieces in which it was written. */
export interface Page {
  readonly contentType: string
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  /** The same, compressed once for all who ask. */
  readonly gzip: () => Promise<readonly Buffer[]>
}

/** Characters after which the event loop gets its turn. */
const chunkSize = 128 * 1024
/** Series after which it does even where all of them are absent. */
const chunkSeries = 5000

/** Lets the bot run: waiting for 'drain' or a promise alone would not. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Writes a snapshot out piece by piece; the bot may write on between the pieces without being seen. */
export async function writePage(snapshot: Snapshot, format: Format): Promise<Page> {
  const chunks: Buffer[] = []
  let text = ''
  let series = 0
  const flush = async (): Promise<void> => {
    chunks.push(Buffer.from(text))
    text = ''
    series = 0
    await turn()
  }
  for (const { family, blocks } of snapshot.families) {
    const { kind } = family
    text += header(family.metric, format)
    for (const block of blocks) {
      const page = snapshot.pages[block.run.pageNumber] as Float64Array
      for (let i = 0; i < block.texts.length; i++) {
        block.texts[i] ??= kind.text(labelText(family.names, family.valuesOf(block, i * kind.width)))
        text += kind.lines(block.texts[i] as string, page, block.run.at + i * kind.width, snapshot.now)
        series += 1
        if (text.length > chunkSize || series > chunkSeries) await flush()
      }
    }
  }
  chunks.push(Buffer.from(text + endings[format]))
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
