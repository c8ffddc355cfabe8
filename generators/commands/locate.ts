import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Where } from '../../definitions/language/where.ts'
import { displayPath, ownFrames } from './frames.ts'

/**
 * `file:line` of a definition: the line of its key in the file that defined its group, or in the one file that this file imports
 * it from; otherwise the line of the group; '' if unknown.
 */
export function locate(where: Where, key: string): string {
  const [group] = ownFrames(where.stack ?? '')
  if (group === undefined) return ''
  const here = displayPath(group.path)
  const lines = sourceLines(group.path)
  if (key === '' || lines === null) return `${here}:${group.line}`
  const own = lineOf(lines, key, group.line)
  if (own !== null) return `${here}:${own}`
  const elsewhere = imported(group.path, lines).flatMap((path) => {
    const line = lineOf(sourceLines(path) ?? [], key, 1)
    return line === null ? [] : [`${displayPath(path)}:${line}`]
  })
  return elsewhere.length === 1 ? (elsewhere[0] as string) : `${here}:${group.line}`
}

/** The name of the definition that a line is in: the nearest property or constant above it whose value is a call. */
export function definitionAt(path: string, line: number): string {
  const lines = sourceLines(path) ?? []
  let indent = Number.POSITIVE_INFINITY
  for (const text of lines.slice(0, line).reverse()) {
    const depth = text.search(/\S/)
    if (depth === -1 || depth >= indent) continue
    const found = /^\s*(?:export )?(?:const )?(?:(['"])(.+?)\1|([\w$]+))\s*[:=]\s*\w+[(`]/.exec(text)
    if (found !== null) return (found[2] ?? found[3]) as string
    if (/\S/.test(text)) indent = depth
  }
  return ''
}

/** First a property whose value is a call, then any with that name; below the start of the group before above it. */
function lineOf(lines: readonly string[], key: string, from: number): number | null {
  const name = `^\\s*(['"]?)${key.replace(/[^\w]/g, '\\$&')}\\1\\s*`
  for (const shape of [new RegExp(`${name}: *\\w+\\(`), new RegExp(`${name}[:,(]`), new RegExp(`${name}$`)]) {
    const below = lines.findIndex((line, i) => i >= from - 1 && shape.test(line))
    const found = below === -1 ? lines.findIndex((line) => shape.test(line)) : below
    if (found !== -1) return found + 1
  }
  return null
}

const imported = (path: string, lines: readonly string[]): readonly string[] =>
  [...lines.join('\n').matchAll(/\bfrom\s+['"](\.[^'"]+)['"]/g)]
    .map(([, specifier]) => resolve(dirname(path), specifier as string))
    .filter((file) => !/\/definitions\/language\//.test(file))

/** The lines of a file; null if it cannot be read. */
export function sourceLines(path: string): readonly string[] | null {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return null
  }
}
