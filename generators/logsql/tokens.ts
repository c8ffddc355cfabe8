import { quotedSource, unquote } from '../promql/string-text.ts'
import type { ParseError, Span } from '../promql/tokens.ts'

/** A word, a quoted text without its quotes, or a single character that means something. */
export interface LogsToken extends Span {
  readonly kind: 'word' | 'quoted' | 'mark'
  readonly text: string
}

/** The tokens of LogsQL text, and what could tear it out of the query around it. */
interface LogsTokens {
  readonly tokens: readonly LogsToken[]
  readonly faults: readonly ParseError[]
}

/** Reads LogsQL text into tokens. */
export function logsTokens(text: string): LogsTokens {
  const tokens: LogsToken[] = []
  const faults: ParseError[] = []
  for (const match of text.matchAll(pieces)) {
    const at: Span = { from: match.index, to: match.index + match[0].length }
    const { quoted, word, mark } = match.groups ?? {}
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: unquote(quoted) ?? quoted.slice(1, -1), ...at })
    if (word !== undefined) tokens.push({ kind: 'word', text: word, ...at })
    if (mark === undefined) continue
    if (/["'`]/.test(mark))
      faults.push({ ...at, message: `this ${mark} is never closed`, fix: `write ${mark} where it ends` })
    if (mark === '#')
      faults.push({ ...at, message: 'a comment would hide the rest of the query', fix: 'remove it, or quote the #' })
    if (mark === '{')
      faults.push({
        ...at,
        message: 'bot and env are asked for already, and a panel adds instance',
        fix: 'remove the braces; instance:=… is a filter, too',
      })
    tokens.push({ kind: 'mark', text: mark, ...at })
  }
  return { tokens, faults: faults.length > 0 ? faults : unclosed(tokens) }
}

const pieces = new RegExp(
  `(?<quoted>${quotedSource})|(?<word>[\\p{L}\\p{N}_$@][\\p{L}\\p{N}_$@./-]*)|(?<mark>\\S)`,
  'gu',
)

/** A range may begin with one kind of bracket and end with the other, as in [5, 10). */
const opens = (token: LogsToken) => isMark(token, '(') || isMark(token, '[')
const closes = (token: LogsToken) => isMark(token, ')') || isMark(token, ']')

function unclosed(tokens: readonly LogsToken[]): readonly ParseError[] {
  const open: LogsToken[] = []
  for (const token of tokens) {
    if (opens(token)) open.push(token)
    if (closes(token) && open.pop() === undefined)
      return [{ from: token.from, to: token.to, message: `this ${token.text} was never opened`, fix: 'remove it' }]
  }
  return open.map(({ from, to, text }) => ({
    from,
    to,
    message: `this ${text} is never closed`,
    fix: `write ${text === '(' ? ')' : ']'} where it ends`,
  }))
}

export const isMark = (token: LogsToken | undefined, text: string): boolean =>
  token?.kind === 'mark' && token.text === text

/** Whether a token is this word, in either case. */
export const isWord = (token: LogsToken | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word

/** The index after the bracket that closes the one at this index. */
export function behindGroup(tokens: readonly LogsToken[], at: number): number {
  let depth = 0
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i] as LogsToken
    if (opens(token)) depth++
    if (closes(token) && --depth === 0) return i + 1
  }
  return tokens.length
}

/** The tokens inside the brackets that begin at this index. */
export const insideGroup = (tokens: readonly LogsToken[], at: number): readonly LogsToken[] =>
  tokens.slice(at + 1, behindGroup(tokens, at) - 1)

/** The parts between marks that are not in brackets. */
export function splitAt(tokens: readonly LogsToken[], mark: string): readonly (readonly LogsToken[])[] {
  const parts: LogsToken[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (opens(token)) depth++
    if (closes(token)) depth--
    if (depth === 0 && isMark(token, mark)) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** Whether a token follows another without a space, as the bracket of a function. */
export const isAdjacent = (token: LogsToken | undefined, next: LogsToken | undefined): boolean =>
  token !== undefined && next !== undefined && token.to === next.from
