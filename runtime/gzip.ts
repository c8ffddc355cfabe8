import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Take } from './hand-out.ts'

/** Compresses an exposition once for all clients that take it compressed. */
interface Gzip {
  readonly take: Take
  /** Settles when all compressed data has been handed out. */
  readonly end: () => Promise<void>
}

export function gzip(takes: readonly Take[]): Gzip {
  // The default level costs five times as much as rendering and saves only an eighth of the size.
  const stream = createGzip({ level: 1 })
  stream.on('data', (chunk: Buffer) => {
    for (const take of takes) void take(chunk)
  })
  const ended = finished(stream)
  // The error surfaces where it is awaited; a failed render never gets there.
  ended.catch(() => {})
  return {
    take: (piece) =>
      new Promise((resolve) => {
        stream.write(piece, () => resolve())
      }),
    end() {
      stream.end()
      return ended
    },
  }
}
