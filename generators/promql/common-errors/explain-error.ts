import { quotedSource } from '../string-text.ts'
import type { ParseError } from '../tokens.ts'
import type { CommonError, OpenBracket } from './common-error.ts'
import { matcherErrors } from './matchers.ts'
import { numberErrors } from './numbers.ts'
import { operatorErrors } from './operators.ts'
import { wordErrors } from './words.ts'

const usuals: readonly CommonError[] = [...operatorErrors, ...matcherErrors, ...numberErrors, ...wordErrors]

/** Explains a parse error by what was most likely meant; returns the error itself if it is not a usual mistake. */
export function explainError(text: string, error: ParseError): ParseError {
  const inside = openAt(text, error.from)
  // quoted text is never the mistake
  const bare = text.replace(quoted, (string) => string[0] + 'x'.repeat(string.length - 2) + string[0])
  for (const usual of usuals) {
    if (usual.inside !== null && !usual.inside.includes(inside)) continue
    for (const found of bare.matchAll(usual.find)) {
      const [from, to] = [found.index, found.index + found[0].length]
      if (from > error.from || to <= error.from) continue
      const [message, fix] = usual.say(found)
      return { message, fix, from, to: from + found[0].trimEnd().length }
    }
  }
  return error
}

const quoted = new RegExp(quotedSource, 'g')
const brackets = new RegExp(`${quotedSource}|#[^\\n]*|[()[\\]{}]`, 'g')
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

function openAt(text: string, end: number): OpenBracket {
  const open: string[] = []
  for (const [part] of text.slice(0, end).matchAll(brackets))
    if (part === '(' || part === '[' || part === '{') open.push(part)
    else if (pairs[part] !== undefined) open.pop()
  return (open.at(-1) ?? '') as OpenBracket
}
