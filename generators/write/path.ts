import { basename, join, resolve } from 'node:path'
import type { Problem } from './problem.ts'

/** The manifest's path in the target. */
export const manifestPath = 'manifest.json'

/** Where a target and the writer's own files are; all in one parent folder, hence on one file system. */
export type TargetPaths = {
  readonly target: string
  readonly parent: string
  readonly staging: string
  readonly lock: string
}

export const targetPaths = (target: string): TargetPaths => {
  // The name of `.` is known only once it is resolved.
  const parent = join(target, '..')
  const name = basename(resolve(target))
  return {
    target,
    parent,
    staging: join(parent, `.botwatch-staged-${name}`),
    lock: join(parent, `.botwatch-lock-${name}`),
  }
}

/** The folders above a relative path, from the top down, without the target itself. */
export const foldersAbove = (path: string): readonly string[] => {
  const segments = path.split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'))
}

/** True for what belongs to the user or the system: `.env`, `.env.*`, `secrets` and Compose's override file at the top, and `.DS_Store` anywhere. */
export const isPassedOver = (path: string): boolean =>
  /^(\.env(\..*)?|secrets|(docker-)?compose\.override\.ya?ml)$|(^|\/)\.DS_Store$/.test(path)

/** What is wrong with a relative path, as the end of a sentence; undefined if nothing is. */
export const pathProblem = (path: string): string | undefined => {
  if (path === '') return 'is empty'
  if (path.includes('\\')) return 'contains a backslash; use `/` between folders'
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute; it must be relative to the folder'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused here
  if (/[\u0000-\u001f\u007f<>:"|?*]/.test(path)) return 'contains a character that some file systems do not allow'
  for (const segment of path.split('/')) {
    if (segment === '') return 'has an empty segment'
    if (segment === '.' || segment === '..') return `has the segment \`${segment}\`; it must stay inside the folder`
    if (/[. ]$/.test(segment)) return 'has a segment that ends in a dot or a space'
    if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(segment)) return 'has a segment that Windows reserves'
    if (Buffer.byteLength(segment) > 255) return 'has a segment of more than 255 bytes'
  }
  return undefined
}

/** Everything wrong with the paths to be written: illegal, reserved, or identical on a case-insensitive file system. */
export const pathProblems = (target: string, paths: Iterable<string>): readonly Problem[] => {
  const problems: Problem[] = []
  const files = new Map<string, string>()
  const folders = new Map<string, string>()
  const own = 'If the name comes from a definition, rename it there; otherwise this is a bug in botwatch.'
  const refuse = (code: Problem['code'], path: string, message: string) =>
    problems.push({ code, path: join(target, path), message, fix: own })
  for (const path of [...paths].sort()) {
    const problem = pathProblem(path)
    if (problem !== undefined) {
      problems.push({ code: 'illegal-path', path, message: `the path ${JSON.stringify(path)} ${problem}.`, fix: own })
      continue
    }
    if (isReserved(path)) {
      refuse('reserved-path', path, 'is reserved for botwatch or for the user; no file can be generated there.')
      continue
    }
    const twin = files.get(fold(path))
    if (twin !== undefined)
      refuse('colliding-paths', path, `is the same file as ${twin} on a case-insensitive file system.`)
    files.set(fold(path), path)
    for (const folder of foldersAbove(path)) {
      const other = folders.get(fold(folder))
      if (other !== undefined && other !== folder) {
        refuse(
          'colliding-paths',
          path,
          `its folder ${folder} is the same as ${other} on a case-insensitive file system.`,
        )
      }
      folders.set(fold(folder), other ?? folder)
    }
  }
  for (const [folded, path] of files) {
    const folder = folders.get(folded)
    if (folder !== undefined) refuse('colliding-paths', path, `is both a file and the folder ${folder}.`)
  }
  return problems
}

/** True for a path that belongs to the writer, the user or the system, in upper or lower case: no file is generated there. */
export const isReserved = (path: string): boolean => {
  const folded = fold(path)
  if (folded === '.env.example') return false
  const segments = folded.split('/')
  return (
    folded === manifestPath ||
    /^\.env(\..*)?$/.test(segments[0] ?? '') ||
    segments[0] === 'secrets' ||
    segments.some((segment) => segment === '.ds_store' || segment === '.git' || segment.startsWith('.botwatch-'))
  )
}

const fold = (path: string): string => path.normalize('NFC').toLowerCase()
