import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

/** A file of the built page, as it is sent. */
export interface PageFile {
  readonly type: string
  readonly body: Buffer
  /** How the body is compressed. */
  readonly encoding: 'br' | 'gzip' | null
  /** Changes with the file. */
  readonly tag: string
  /** Whether its name changes with its content. */
  readonly isHashed: boolean
}

/** A file of the built page, compressed if the build has compressed it and the browser accepts that; null if there is none. */
export async function pageFile(folder: string, path: string, accepted: 'br' | 'gzip' | null): Promise<PageFile | null> {
  const at = normalize(join(folder, path))
  const type = types[extname(at)]
  if (type === undefined || !at.startsWith(`${normalize(folder)}${sep}`)) return null
  const isHashed = /-[A-Z0-9]{8}\.(?:js|css)$/.test(at)
  if (accepted !== null) {
    const packed = await readTagged(`${at}.${accepted === 'br' ? 'br' : 'gz'}`)
    if (packed !== null) return { type, ...packed, encoding: accepted, isHashed }
  }
  const plain = await readTagged(at)
  return plain === null ? null : { type, ...plain, encoding: null, isHashed }
}

const readTagged = (at: string): Promise<{ readonly body: Buffer; readonly tag: string } | null> =>
  Promise.all([stat(at, { bigint: true }), readFile(at)]).then(
    ([{ size, mtimeNs, ino }, body]) => ({ body, tag: `"${size}-${mtimeNs}-${ino}"` }),
    () => null,
  )

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}
