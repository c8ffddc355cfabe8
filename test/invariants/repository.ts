import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Import, importsOf } from './scan.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every file of the repository that git would commit, by path from its root. */
export const files: readonly string[] = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)))
  .sort()

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** One import from file to file, package or Node module. */
export interface Edge extends Import {
  readonly from: string
  /** A path from the root, the name of a package, or `node:…`. */
  readonly to: string
}

/** The imports of a file's text, resolved. */
export const edgesOf = (from: string, text: string): readonly Edge[] =>
  importsOf(text).map((one) => ({
    ...one,
    from,
    to: importPath(from, one.of),
  }))

/** The file that an import names, by path from the root; for a package or Node its name. */
export const importPath = (from: string, of: string): string =>
  of.startsWith('.') ? relative('/', join('/', dirname(from), of)) : packageOf(of)

const packageOf = (specifier: string) =>
  specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')

export const sources = files.filter((path) => /\.(tsx?|mts|js|mjs)$/.test(path) && !path.startsWith('out/'))

/** Every import between the repository's files and of packages. */
export const edges: readonly Edge[] = sources.flatMap((path) => edgesOf(path, read(path)))

export const isPackage = (to: string) => !to.includes('.ts') && !to.includes('.mjs') && !to.includes('.json')

/** Every file that is loaded with these, themselves included; types are not loaded. */
export function loadedBy(start: readonly string[], all: readonly Edge[] = edges): ReadonlySet<string> {
  const seen = new Set(start)
  for (const path of seen) for (const edge of all) if (edge.from === path && !edge.isType) seen.add(edge.to)
  return seen
}
