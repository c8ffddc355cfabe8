import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Decompress as ZstdDecompress } from 'fzstd'
import * as tar from 'tar'
import xz from 'xz-decompress'

/** Decompresses according to a file name: `.gz`, `.xz`, `.zst` or none. */
export function decompress(name: string, bytes: Buffer): Readable {
  if (name.endsWith('.gz')) return Readable.from([bytes]).pipe(createGunzip())
  if (name.endsWith('.xz')) return Readable.fromWeb(new xz.XzReadableStream(Readable.toWeb(Readable.from([bytes]))))
  if (name.endsWith('.zst')) return Readable.from(zstd(bytes))
  return Readable.from([bytes])
}

/** Decompresses into memory. */
export async function decompressAll(name: string, bytes: Buffer): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of decompress(name, bytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Unpacks the wanted files of a tar stream below a folder, without their first `strip` folders. */
export async function unpackTar(
  from: Readable,
  folder: string,
  wanted: (path: string) => boolean,
  strip = 0,
): Promise<void> {
  const filter = (path: string) => wanted(path.replace(/^\.\//, ''))
  await pipeline(
    Readable.from(buffers(from)),
    tar.extract({ cwd: folder, strip, strict: true, preserveOwner: false, filter }),
  )
}

// the tar reader treats a plain Uint8Array as text and finds no header in it
async function* buffers(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
}

function* zstd(bytes: Buffer): Generator<Uint8Array> {
  const ready: Uint8Array[] = []
  const stream = new ZstdDecompress((chunk) => ready.push(chunk))
  const step = 1 << 16
  for (let at = 0; at < bytes.length; at += step) {
    stream.push(bytes.subarray(at, at + step), at + step >= bytes.length)
    yield* ready.splice(0)
  }
}
