import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Take } from './hand-out.ts'

/** Compresses a page once for all who take it so. */
interface Gzip {
  readonly take: Take
  /** Settles when all of it is handed out. */
  readonly end: () => Promise<void>
}

export function gzip(takes: readonly Take[]): Gzip {
  // The default level costs five times the rendering and saves an eighth.
  const stream = createGzip({ level: 1 })
  stream.on('data', (chunk: Buffer) => {
    for (const take of takes) void take(chunk)
  })
  const ended = finished(stream)
  // Told where it is awaited, which a page that could not be written never comes to.
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
