import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../../definitions/language/code-unit.ts'
import { foldersAbove, isPassedOver } from './path.ts'
import { errnoOf, fileProblem, type Problem } from './problem.ts'

/** SHA-256 in hexadecimal; text is hashed as UTF-8. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** What is in a target, as far as it concerns the wanted paths; no link is followed and nothing is changed. */
export type FolderTree = {
  readonly exists: boolean
  /** The wanted files that exist, with their text and the hash of their bytes. */
  readonly files: ReadonlyMap<string, { readonly text: string; readonly hash: string }>
  /** Folders above a wanted path, below one, or empty. */
  readonly folders: ReadonlySet<string>
  /** Unwanted files, folders with files, sockets and the like; folders end in `/`. */
  readonly foreign: readonly string[]
  /** What is skipped because it belongs to the user. */
  readonly own: readonly string[]
  /** Links, and what cannot be read. */
  readonly problems: readonly Problem[]
}

export const readTree = (target: string, wanted: ReadonlySet<string>): FolderTree => {
  const files = new Map<string, { text: string; hash: string }>()
  const folders = new Set<string>()
  const foreign: string[] = []
  const own: string[] = []
  const problems: Problem[] = []
  const onTheWay = new Set([...wanted].flatMap((path) => [...foldersAbove(path), path]))

  const attempt = (path: string, read: () => void): void => {
    try {
      read()
    } catch (error) {
      problems.push(fileProblem('cannot-read', join(target, path), error))
    }
  }
  const readFolder = (folder: string): void => {
    for (const entry of readdirSync(join(target, folder), { withFileTypes: true }).sort(byName)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (isPassedOver(path) && !wanted.has(path)) own.push(path)
      else if (entry.isSymbolicLink()) problems.push(link(join(target, path)))
      else if (entry.isDirectory()) attempt(path, () => readSubfolder(path))
      else if (entry.isFile() && wanted.has(path)) attempt(path, () => files.set(path, readText(join(target, path))))
      else foreign.push(path)
    }
  }
  const readSubfolder = (path: string): void => {
    const isOurs = onTheWay.has(path) || foldersAbove(path).some((above) => wanted.has(above))
    if (!isOurs && holdsSomething(join(target, path))) foreign.push(`${path}/`)
    else {
      folders.add(path)
      readFolder(path)
    }
  }

  let exists = false
  attempt('', () => {
    const stats = lstatOf(target)
    exists = stats?.isDirectory() ?? false
    if (stats?.isSymbolicLink()) problems.push(link(target))
    else if (stats !== undefined && !exists) problems.push(notAFolder(target))
    if (exists) readFolder('')
  })
  return { exists, files, folders, foreign, own, problems }
}

/** What is at one path: the hash of a file, or a word for anything else; if a folder above it is a link, it counts as a link. */
export const hashAt = (target: string, path: string): string | 'absent' | 'folder' | 'other' => {
  for (const folder of ['', ...foldersAbove(path)]) {
    const stats = lstatOf(join(target, folder))
    if (stats === undefined || stats.isFile()) return 'absent'
    if (!stats.isDirectory()) return 'other'
  }
  const stats = lstatOf(join(target, path))
  if (stats === undefined) return 'absent'
  if (stats.isDirectory()) return 'folder'
  return stats.isFile() ? sha256(readFileSync(join(target, path))) : 'other'
}

/** `lstat` that returns undefined if nothing is there. */
export const lstatOf = (path: string) => {
  try {
    return lstatSync(path)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

const byName = (a: { name: string }, b: { name: string }): number => byCodeUnit(a.name, b.name)

const readText = (path: string): { text: string; hash: string } => {
  const bytes = readFileSync(path)
  return { text: bytes.toString('utf8'), hash: sha256(bytes) }
}

const holdsSomething = (folder: string): boolean =>
  readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory() ? holdsSomething(join(folder, entry.name)) : entry.name !== '.DS_Store',
  )

const link = (path: string): Problem => ({
  code: 'link',
  path,
  message: 'is a symbolic link; links are never followed, since they may lead outside the folder.',
  fix: 'Remove it, or pass the folder that it points to as `--out`, then run again.',
})

const notAFolder = (path: string): Problem => ({
  code: 'not-a-folder',
  path,
  message: 'is a file, but the generated files need a folder there.',
  fix: 'Move it away or choose another folder with `--out`.',
})
