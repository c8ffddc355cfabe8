import { stat } from 'node:fs/promises'

/** Remembers what `make` yields for each file until the file changes; a file that does not exist counts, too. */
export function rememberFile<T>(make: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const known = new Map<string, { readonly stamp: string; readonly made: Promise<T> }>()
  return async (path) => {
    const stamp = await stampOf(path)
    const before = known.get(path)
    if (before?.stamp === stamp) return before.made
    const made = make(path)
    known.set(path, { stamp, made })
    return made
  }
}

const stampOf = (path: string): Promise<string> =>
  stat(path, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => [ino, size, mtimeNs, ctimeNs].join(' '),
    () => 'none',
  )
