import { milliseconds } from '../../definitions/language/duration.ts'
import { unquote } from './string-text.ts'

export interface Span {
  readonly from: number
  readonly to: number
}
/** An error in a text, its place, and what to do; `fix` is empty if there is nothing to say. */
export interface ParseError extends Span {
  readonly message: string
  readonly fix: string
}

/** A scanned text: a source of the same length that the grammar can parse in its place, or the error in one of its words. */
type ScanResult = { readonly ok: true; readonly source: string } | { readonly ok: false; readonly error: ParseError }

/** An open parenthesis, bracket or brace. */
interface Opened {
  readonly char: string
  readonly at: number
  /** Whether it contains label names. */
  readonly list: boolean
}

/** A text that is being scanned, and what is known about it so far. */
interface Scanner {
  readonly text: string
  at: number
  readonly open: Opened[]
  /** What the grammar will parse in place of the text up to `done`. */
  patched: string
  done: number
  /** Whether an operand is expected next. */
  operandNext: boolean
  /** The last word, in lower case; empty if something else came after it. */
  lastWord: string
}

/**
 * Reads the words of PromQL as Prometheus does. The grammar reads some of them differently (`5.`, a metric named `offset`, carriage
 * returns in comments): these are replaced by others of the same length and kind, and their values are read from the original text.
 */
export function scan(text: string): ScanResult {
  const s: Scanner = { text, at: 0, open: [], patched: '', done: 0, operandNext: true, lastWord: '' }
  while (s.at < text.length) {
    const error = scanWord(s)
    if (error !== null) return { ok: false, error }
  }
  const unclosed = innermost(s)
  if (unclosed === undefined) return { ok: true, source: s.done === 0 ? text : s.patched + text.slice(s.done) }
  const { char, at } = unclosed
  return { ok: false, error: wrong(at, at + 1, `this ${char} is never closed`, `write ${pairs[char]} where it ends`) }
}

const wrong = (from: number, to: number, message: string, fix = ''): ParseError => ({
  message,
  fix,
  from,
  to: Math.max(to, from + 1),
})

const innermost = (s: Scanner): Opened | undefined => s.open[s.open.length - 1]

/** Gives the grammar another word of the same length. */
function patch(s: Scanner, from: number, to: number, filler: string): void {
  s.patched += s.text.slice(s.done, from) + filler.repeat(to - from)
  s.done = to
}

/** Reads the next word, or the space before it; returns what is wrong with it, or null. */
function scanWord(s: Scanner): ParseError | null {
  const char = s.text[s.at] as string
  if (char === ' ' || char === '\n' || char === '\t' || char === '\r') {
    s.at++
    return null
  }
  if (isWordStart(char)) return scanName(s)
  if (isDigit(char) || (char === '.' && isDigit(s.text[s.at + 1] ?? ''))) return scanNumber(s)
  if (char === '"' || char === "'" || char === '`') return scanString(s, char)
  if (char === '#') return scanComment(s)
  if (char === ':' && innermost(s)?.char !== '[') return scanName(s)
  return scanSign(s, char)
}

function scanComment(s: Scanner): ParseError | null {
  const { text, at } = s
  const inside = innermost(s)
  if (inside?.char === '[' && /^\s*\+?\s*$/.test(text.slice(inside.at + 1, at)))
    return wrong(at, at + 1, 'a range must not begin with a comment')
  s.at = endOf(lineEnd, text, at)
  patch(s, at, s.at, ' ')
  return null
}

function scanString(s: Scanner, quote: string): ParseError | null {
  const { text, at } = s
  const end = endOfString(text, at)
  if (end === null) return wrong(at, text.length, `unterminated string: the closing ${quote} is missing`)
  const whole = text.slice(at, end)
  if (unquote(whole) === null) return wrong(at, end, `${whole} has an unknown escape sequence`, 'write \\\\ for \\')
  s.at = end
  s.operandNext = false
  s.lastWord = ''
  return null
}

function scanName(s: Scanner): null {
  const { text, at } = s
  const inside = innermost(s)
  const end = endOf(inside?.char === '[' || inside?.char === '{' ? labelEnd : nameEnd, text, at + 1)
  const word = text.slice(at, end).toLowerCase()
  if (word === 'offset' && s.operandNext && inside?.list !== true && inside?.char !== '{') {
    patch(s, at, end, 'x')
    s.operandNext = false
  } else if (inside?.list === true && word.includes(':')) patch(s, at, end, 'x')
  else s.operandNext = s.operandNext ? joins.has(word) : expectsOperand.has(word)
  s.lastWord = word
  s.at = end
  return null
}

function scanNumber(s: Scanner): ParseError | null {
  const { text, at } = s
  const number = numberAt(text, at)
  const end = at + number.length
  const error = /\w/.test(text[at - 1] ?? '') ? `unexpected ${number}` : numberError(number, end === text.length)
  if (error !== null) return wrong(at, end, error)
  if (isExponent(number, text[end]))
    return wrong(at, end + 1, `the e of ${number} is read as an exponent`, 'put a space before the sign')
  if (!/^\d+(?:\.\d+)?$/.test(number) && milliseconds(number) === null) patch(s, at, end, '1')
  s.at = end
  s.operandNext = false
  return null
}

function scanSign(s: Scanner, char: string): ParseError | null {
  if (pairs[char] !== undefined) return scanOpening(s, char)
  if (char === ')' || char === ']' || char === '}') return scanClosing(s, char)
  const { text, at } = s
  if (!signs.has(char))
    return wrong(at, at + 1, `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) as number))}`)
  return after(s, true)
}

function scanOpening(s: Scanner, char: string): ParseError | null {
  const { at } = s
  const inside = innermost(s)
  if (inside?.char === '{') return wrong(at, at + 1, `unexpected ${char} inside braces`)
  if (char === '[' && inside?.char === '[') return wrong(at, at + 1, 'unexpected [ inside a range')
  s.open.push({ char, at, list: char === '(' && beforeList.has(s.lastWord) })
  return after(s, true)
}

function scanClosing(s: Scanner, char: string): ParseError | null {
  const { at } = s
  const opened = s.open.pop()
  if (opened === undefined) return wrong(at, at + 1, `unmatched ${char}`)
  const missing = pairs[opened.char]
  if (missing !== char)
    return wrong(at, at + 1, `unexpected ${char} while ${opened.char} is still open`, `write ${missing} before it`)
  return after(s, opened.list)
}

/** Continues after a sign. */
function after(s: Scanner, operandNext: boolean): null {
  s.at++
  s.operandNext = operandNext
  s.lastWord = ''
  return null
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const signs = new Set('+-*/%^=!<>@,:~')
/** Words followed by an operand: between operands, and where one is expected already. */
const expectsOperand = new Set(['and', 'or', 'unless', 'atan2', 'bool', 'group_left', 'group_right'])
const joins = new Set(['bool', 'group_left', 'group_right'])
/** Words followed by label names in parentheses. */
const beforeList = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right'])

// created once: a new one for each word costs more than the search
const lineEnd = /[\r\n]/g
const labelEnd = /[^a-zA-Z0-9_]/g
const nameEnd = /[^a-zA-Z0-9_:]/g

const isDigit = (char: string) => char >= '0' && char <= '9'
const isWordStart = (char: string) => (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_'

function endOf(stop: RegExp, text: string, from: number): number {
  stop.lastIndex = from
  return stop.exec(text)?.index ?? text.length
}

function endOfString(text: string, from: number): number | null {
  const quote = text[from] as string
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at]
    if (char === quote) return at + 1
    if (quote === '`') continue
    if (char === '\n') return null
    if (char === '\\') at++
  }
  return null
}

/** Whether a hexadecimal number ends in what Prometheus reads as an exponent, directly followed by a sign. */
const isExponent = (number: string, next: string | undefined) =>
  (next === '-' || next === '+') && /^0x_?[\da-f]e$/i.test(number)

/** The characters that belong to a number or a duration, valid or not. */
const numeric = /(?:(?!0[xX])[0-9_.]*[eE][+-][0-9a-zA-Z_.]*)|[0-9a-zA-Z_.]+/y
function numberAt(text: string, at: number): string {
  numeric.lastIndex = at
  return numeric.exec(text)?.[0] ?? ''
}

const decimal = /^(?=\.?\d)(?:\d+(?:_\d+)*)?(?:\.(?:\d+(?:_\d+)*)?)?(?:[eE][+-]?\d+(?:_\d+)*)?$/
const hexadecimal = /^0[xX]_?(?![0-9a-fA-F][eE][eE_])[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*$/
/** Nanoseconds are counted in 63 bits. */
const longest = 9_223_372_036_854

function numberError(text: string, atEnd: boolean): string | null {
  const time = milliseconds(text)
  if (time !== null) return time > longest ? `${text} is too long: a duration is at most 292 years` : null
  // an e as the second digit is read as an exponent, after which the text may not end
  if (atEnd && /^0[xX]_?[0-9a-fA-F][eE]$/.test(text)) return `${text} is neither a number nor a duration`
  if (hexadecimal.test(text)) return BigInt(text.replaceAll('_', '')) < 2n ** 63n ? null : `${text} is too large`
  if (!decimal.test(text)) return `${text} is neither a number nor a duration`
  return Number.isFinite(Number(text.replaceAll('_', ''))) ? null : `${text} is too large`
}
