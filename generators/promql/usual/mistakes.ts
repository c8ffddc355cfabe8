import { quotedSource } from '../string-text.ts'
import type { TextMistake } from '../tokens.ts'
import { matchers } from './matchers.ts'
import { numbers } from './numbers.ts'
import { operators } from './operators.ts'
import type { Inside, Usual } from './usual.ts'
import { words } from './words.ts'

const usuals: readonly Usual[] = [...operators, ...matchers, ...numbers, ...words]

/** Explains a parse error by what was most likely meant; returns the error itself if it is not a usual mistake. */
export function inUsualWords(text: string, mistake: TextMistake): TextMistake {
  const inside = openAt(text, mistake.from)
  // quoted text is never the mistake
  const bare = text.replace(quoted, (string) => string[0] + 'x'.repeat(string.length - 2) + string[0])
  for (const usual of usuals) {
    if (usual.inside !== null && !usual.inside.includes(inside)) continue
    for (const found of bare.matchAll(usual.find)) {
      const [from, to] = [found.index, found.index + found[0].length]
      if (from > mistake.from || to <= mistake.from) continue
      const [message, fix] = usual.say(found)
      return { message, fix, from, to: from + found[0].trimEnd().length }
    }
  }
  return mistake
}

const quoted = new RegExp(quotedSource, 'g')
const brackets = new RegExp(`${quotedSource}|#[^\\n]*|[()[\\]{}]`, 'g')
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

function openAt(text: string, end: number): Inside {
  const open: string[] = []
  for (const [part] of text.slice(0, end).matchAll(brackets))
    if (part === '(' || part === '[' || part === '{') open.push(part)
    else if (pairs[part] !== undefined) open.pop()
  return (open.at(-1) ?? '') as Inside
}
