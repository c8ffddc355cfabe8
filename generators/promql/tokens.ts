import { milliseconds } from '../../definitions/language/duration.ts'
import { unquoted } from './string-text.ts'

export interface Span {
  readonly from: number
  readonly to: number
}
/** Something wrong with a text, where, and what to do; `fix` is empty where there is nothing to say. */
export interface TextMistake extends Span {
  readonly message: string
  readonly fix: string
}

/** A text after a first look at its words: what the grammar can read in its place, letter under letter, or what is wrong with a word. */
type Scanned = { readonly ok: true; readonly source: string } | { readonly ok: false; readonly mistake: TextMistake }

/** A parenthesis, bracket or brace that is open. */
interface Opened {
  readonly char: string
  readonly at: number
  /** Whether it holds names of labels. */
  readonly list: boolean
}

/** A text that is being scanned, and what is known of it so far. */
interface Scanner {
  readonly text: string
  at: number
  readonly open: Opened[]
  /** What the grammar will read in place of the text up to `done`. */
  patched: string
  done: number
  /** Whether an operand is expected next. */
  operandNext: boolean
  /** The last word, in lower case; empty if something else came after it. */
  lastWord: string
}

/**
 * Reads the words of PromQL as Prometheus does. The grammar reads some of them otherwise (`5.`, a metric named `offset`, carriage
 * returns in comments): these are replaced by others of the same length and kind, and everything else is read from the text itself.
 */
export function scan(text: string): Scanned {
  const s: Scanner = { text, at: 0, open: [], patched: '', done: 0, operandNext: true, lastWord: '' }
  while (s.at < text.length) {
    const mistake = scanWord(s)
    if (mistake !== null) return { ok: false, mistake }
  }
  const unclosed = innermost(s)
  if (unclosed === undefined) return { ok: true, source: s.done === 0 ? text : s.patched + text.slice(s.done) }
  const { char, at } = unclosed
  return { ok: false, mistake: wrong(at, at + 1, `this ${char} is never closed`, `write ${pairs[char]} where it ends`) }
}

const wrong = (from: number, to: number, message: string, fix = ''): TextMistake => ({
  message,
  fix,
  from,
  to: Math.max(to, from + 1),
})

const innermost = (s: Scanner): Opened | undefined => s.open[s.open.length - 1]

/** Replaces a word for the grammar by another of the same length. */
function patch(s: Scanner, from: number, to: number, filler: string): void {
  s.patched += s.text.slice(s.done, from) + filler.repeat(to - from)
  s.done = to
}

/** Reads the next word, or the space before it; returns what is wrong with it, or null. */
function scanWord(s: Scanner): TextMistake | null {
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

function scanComment(s: Scanner): TextMistake | null {
  const { text, at } = s
  const inside = innermost(s)
  if (inside?.char === '[' && /^\s*\+?\s*$/.test(text.slice(inside.at + 1, at)))
    return wrong(at, at + 1, 'a range does not begin with a comment')
  s.at = endOf(lineEnd, text, at)
  patch(s, at, s.at, ' ')
  return null
}

function scanString(s: Scanner, quote: string): TextMistake | null {
  const { text, at } = s
  const end = endOfString(text, at)
  if (end === null) return wrong(at, text.length, `this string is never closed: ${quote} is missing at its end`)
  const whole = text.slice(at, end)
  if (unquoted(whole) === null)
    return wrong(at, end, `${whole} has an escape that PromQL does not know`, 'write \\\\ for \\')
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

function scanNumber(s: Scanner): TextMistake | null {
  const { text, at } = s
  const number = numberAt(text, at)
  const end = at + number.length
  const mistake = /\w/.test(text[at - 1] ?? '') ? `unexpected ${number}` : numberMistake(number, end === text.length)
  if (mistake !== null) return wrong(at, end, mistake)
  if (isExponent(number, text[end]))
    return wrong(at, end + 1, `the e of ${number} is taken for an exponent`, 'put a space before the sign')
  if (!/^\d+(?:\.\d+)?$/.test(number) && milliseconds(number) === null) patch(s, at, end, '1')
  s.at = end
  s.operandNext = false
  return null
}

function scanSign(s: Scanner, char: string): TextMistake | null {
  if (pairs[char] !== undefined) return scanOpening(s, char)
  if (char === ')' || char === ']' || char === '}') return scanClosing(s, char)
  const { text, at } = s
  if (!signs.has(char))
    return wrong(at, at + 1, `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) as number))}`)
  return after(s, true)
}

function scanOpening(s: Scanner, char: string): TextMistake | null {
  const { at } = s
  const inside = innermost(s)
  if (inside?.char === '{') return wrong(at, at + 1, `unexpected ${char} between braces`)
  if (char === '[' && inside?.char === '[') return wrong(at, at + 1, 'unexpected [ inside a range')
  s.open.push({ char, at, list: char === '(' && beforeList.has(s.lastWord) })
  return after(s, true)
}

function scanClosing(s: Scanner, char: string): TextMistake | null {
  const { at } = s
  const opened = s.open.pop()
  if (opened === undefined) return wrong(at, at + 1, `this ${char} closes nothing`)
  const missing = pairs[opened.char]
  if (missing !== char)
    return wrong(at, at + 1, `this ${char} stands where ${opened.char} is still open`, `write ${missing} before it`)
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
/** Words behind which an operand stands: between operands, and where one is expected already. */
const expectsOperand = new Set(['and', 'or', 'unless', 'atan2', 'bool', 'group_left', 'group_right'])
const joins = new Set(['bool', 'group_left', 'group_right'])
/** Words behind which parentheses hold names of labels. */
const beforeList = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right'])

// made once: a new one for each word costs more than the search
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

/** Whether a hexadecimal number ends where Prometheus reads an exponent, and a sign stands right behind it. */
const isExponent = (number: string, next: string | undefined) =>
  (next === '-' || next === '+') && /^0x_?[\da-f]e$/i.test(number)

/** The letters that belong to a number or a duration, right or wrong. */
const numeric = /(?:(?!0[xX])[0-9_.]*[eE][+-][0-9a-zA-Z_.]*)|[0-9a-zA-Z_.]+/y
function numberAt(text: string, at: number): string {
  numeric.lastIndex = at
  return numeric.exec(text)?.[0] ?? ''
}

const decimal = /^(?=\.?\d)(?:\d+(?:_\d+)*)?(?:\.(?:\d+(?:_\d+)*)?)?(?:[eE][+-]?\d+(?:_\d+)*)?$/
const hexadecimal = /^0[xX]_?(?![0-9a-fA-F][eE][eE_])[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*$/
/** Nanoseconds are counted in 63 bits. */
const longest = 9_223_372_036_854

function numberMistake(text: string, atEnd: boolean): string | null {
  const time = milliseconds(text)
  if (time !== null) return time > longest ? `${text} is too long a time: 292 years at most` : null
  // an e as the second digit is taken for an exponent, behind which the text may not end
  if (atEnd && /^0[xX]_?[0-9a-fA-F][eE]$/.test(text)) return `${text} is neither a number nor a duration`
  if (hexadecimal.test(text))
    return BigInt(text.replaceAll('_', '')) < 2n ** 63n ? null : `${text} is too large a number`
  if (!decimal.test(text)) return `${text} is neither a number nor a duration`
  return Number.isFinite(Number(text.replaceAll('_', ''))) ? null : `${text} is too large a number`
}
