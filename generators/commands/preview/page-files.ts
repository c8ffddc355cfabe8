import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

/** A file of the built page with its type, or null if there is none. */
export async function pageFile(folder: string, path: string): Promise<{ type: string; body: Buffer } | null> {
  const at = normalize(join(folder, path))
  const type = types[extname(at)]
  if (type === undefined || !at.startsWith(`${normalize(folder)}${sep}`)) return null
  return readFile(at).then(
    (body) => ({ type, body }),
    () => null,
  )
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}
