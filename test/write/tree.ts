import { createHash } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'

/** A tree as text by relative path; a path that ends in `/` is a folder, the text of a link is `-> target`. */
export type TreeText = Readonly<Record<string, string>>

/** A new empty folder that is removed after the test. */
export const temporary = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-write-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a tree below a folder. */
export const lay = (root: string, tree: TreeText): void => {
  for (const [path, text] of Object.entries(tree)) {
    const at = join(root, path)
    mkdirSync(path.endsWith('/') ? at : dirname(at), { recursive: true })
    if (!path.endsWith('/')) writeFileSync(at, text)
  }
}

/** Reads everything below a folder. */
export const readFolder = (root: string): TreeText => {
  const seen: Record<string, string> = {}
  const visit = (folder: string): void => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = folder + name
      const stats = lstatSync(join(root, path))
      if (stats.isSymbolicLink()) seen[path] = `-> ${readlinkSync(join(root, path))}`
      else if (stats.isDirectory()) {
        seen[`${path}/`] = ''
        visit(`${path}/`)
      } else seen[path] = readFileSync(join(root, path), 'utf8')
    }
  }
  visit('')
  return seen
}

/** The tree that generated files make, with folders and manifest. */
export const generatedTree = (files: TreeText): TreeText => {
  const tree: Record<string, string> = { ...files, 'manifest.json': manifestText(files) }
  for (const path of Object.keys(files)) {
    const segments = path.split('/').slice(0, -1)
    segments.forEach((_, index) => {
      tree[`${segments.slice(0, index + 1).join('/')}/`] = ''
    })
  }
  return sortedTree(tree)
}

/** The manifest's text, computed without the code under test. */
export const manifestText = (files: TreeText): string => {
  const lines = Object.keys(files)
    .sort()
    .map(
      (path) =>
        `    ${JSON.stringify(path)}: "${createHash('sha256')
          .update(files[path] ?? '')
          .digest('hex')}"`,
    )
  return `{\n  "format": 1,\n  "files": {${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}}\n}\n`
}

/** A tree with sorted keys, for comparing and printing. */
export const sortedTree = (tree: TreeText): TreeText =>
  Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)))

export const filesOf = (tree: TreeText): ReadonlyMap<string, string> => new Map(Object.entries(tree))
