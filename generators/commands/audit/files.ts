import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../../../definitions/language/code-unit.ts'
import { listText } from '../../text/list-text.ts'

type Wrong = { readonly wrong: string }

/** The largest rule or dashboard file, in bytes. */
const most = 16 * 2 ** 20

/** The files that a pattern such as `rules/*.yml` or a folder names, sorted; with `*`, `**`, `?`, `[…]` and `{a,b}`. */
export function matchingFiles(pattern: string, endings: readonly string[]): readonly string[] | Wrong {
  if (!/[*?[{]/.test(pattern)) {
    const found = statSync(pattern, { throwIfNoEntry: false })
    if (found === undefined) return { wrong: `${pattern}: no such file` }
    if (!found.isDirectory()) return [pattern]
    const inside = below(pattern).filter((path) => endings.some((ending) => path.endsWith(ending)))
    return inside.length > 0
      ? inside
      : { wrong: `${pattern}: no file ending in ${listText(endings, 'or')} in this folder` }
  }
  const steps = pattern.split('/')
  const fixed = steps.findIndex((step) => /[*?[{]/.test(step))
  const folder = steps.slice(0, fixed).join('/')
  const asked = regexOf(pattern)
  const found = below(
    folder === '' ? (pattern.startsWith('/') ? '/' : '.') : folder,
    steps.includes('**') ? Infinity : steps.length - fixed,
  )
    .map((path) => path.replace(/^\.\//, ''))
    .filter((path) => asked.test(path))
  return found.length > 0 ? found : { wrong: `${pattern}: no file matches` }
}

/** The text of a file, or a line that says why it cannot be read. */
export function textIn(path: string): string | Wrong {
  try {
    const found = statSync(path)
    if (!found.isFile()) return { wrong: `${path}: this is not a file` }
    if (found.size > most) return { wrong: `${path}: it is larger than ${most / 2 ** 20} MiB and was not read` }
    const bytes = readFileSync(path)
    if (bytes.includes(0)) return { wrong: `${path}: it is binary, not text` }
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return { wrong: `${path}: it is binary, not text` }
    return { wrong: `${path}: ${code === 'EACCES' ? 'permission denied' : message}` }
  }
}

/** All files below a folder, up to this many levels deep. */
function below(folder: string, levels = Infinity): readonly string[] {
  let entries: import('node:fs').Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
    .sort((a, b) => byCodeUnit(a.name, b.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      const found = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry
      if (found?.isFile()) return [path]
      // a link to a parent folder would loop
      return entry.isDirectory() && levels > 1 ? below(path, levels - 1) : []
    })
}

function regexOf(pattern: string): RegExp {
  let source = ''
  for (let i = 0; i < pattern.length; i += 1) {
    const rest = pattern.slice(i)
    const word = /^(?:\*\*\/|\*\*|\*|\?|\[[^\]]+\]|\{[^{}]*\})/.exec(rest)?.[0]
    if (word === undefined) {
      source += rest[0]?.replace(/[.+^$()|[\]{}\\]/g, '\\$&')
      continue
    }
    i += word.length - 1
    if (word === '**/') source += '(?:.*/)?'
    else if (word === '**') source += '.*'
    else if (word === '*') source += '[^/]*'
    else if (word === '?') source += '[^/]'
    else if (word.startsWith('[')) source += word.replace('[!', '[^')
    else
      source += `(?:${word
        .slice(1, -1)
        .split(',')
        .map((one) => regexOf(one).source.slice(1, -1))
        .join('|')})`
  }
  return new RegExp(`^${source.replace(/^\.\//, '')}$`)
}
