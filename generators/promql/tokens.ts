import { milliseconds } from '../../definitions/language/duration.ts'
import { unquoted } from './string-text.ts'

export interface Span {
  readonly from: number
  readonly to: number
}
/** A mistake in a text, its place, and what to do; `fix` is empty if there is nothing to say. */
export interface TextMistake extends Span {
  readonly message: string
  readonly fix: string
}

/** A scanned text: a source of the same length that the grammar can parse in its place, or the mistake in one of its words. */
type Scanned = { readonly ok: true; readonly source: string } | { readonly ok: false; readonly mistake: TextMistake }

/**
 * Reads the words of PromQL as Prometheus does. The grammar reads some of them differently (`5.`, a metric named `offset`, carriage
 * returns in comments): these are replaced by others of the same length and kind, and their values are read from the original text.
 */
export function scan(text: string): Scanned {
  const open: { readonly char: string; readonly at: number; readonly list: boolean }[] = []
  let patched = ''
  let done = 0
  let operandNext = true
  let lastWord = ''
  const patch = (from: number, to: number, filler: string): void => {
    patched += text.slice(done, from) + filler.repeat(to - from)
    done = to
  }
  const wrong = (from: number, to: number, message: string, fix = ''): Scanned => ({
    ok: false,
    mistake: { message, fix, from, to: Math.max(to, from + 1) },
  })

  for (let at = 0; at < text.length; ) {
    const char = text[at] as string
    const inside = open[open.length - 1]
    if (char === ' ' || char === '\n' || char === '\t' || char === '\r') {
      at++
      continue
    }
    if (char === '#') {
      if (inside?.char === '[' && /^\s*\+?\s*$/.test(text.slice(inside.at + 1, at)))
        return wrong(at, at + 1, 'a range must not begin with a comment')
      const end = endOf(lineEnd, text, at)
      patch(at, end, ' ')
      at = end
      continue
    }
    if (char === '"' || char === "'" || char === '`') {
      const end = endOfString(text, at)
      if (end === null) return wrong(at, text.length, `unterminated string: the closing ${char} is missing`)
      const value = unquoted(text.slice(at, end))
      if (value === null)
        return wrong(at, end, `${text.slice(at, end)} has an unknown escape sequence`, 'write \\\\ for \\')
      at = end
      operandNext = false
      lastWord = ''
      continue
    }
    if (isWordStart(char) || (char === ':' && inside?.char !== '[')) {
      const end = endOf(inside?.char === '[' || inside?.char === '{' ? labelEnd : nameEnd, text, at + 1)
      const word = text.slice(at, end).toLowerCase()
      if (word === 'offset' && operandNext && inside?.list !== true && inside?.char !== '{') {
        patch(at, end, 'x')
        operandNext = false
      } else if (inside?.list === true && word.includes(':')) patch(at, end, 'x')
      else operandNext = operandNext ? joins.has(word) : expectsOperand.has(word)
      lastWord = word
      at = end
      continue
    }
    if (isDigit(char) || (char === '.' && isDigit(text[at + 1] ?? ''))) {
      const [from, number] = [at, numberAt(text, at)]
      at += number.length
      const faulty = /\w/.test(text[from - 1] ?? '')
        ? `unexpected ${number}`
        : numberMistake(number, at === text.length)
      if (faulty !== null) return wrong(from, at, faulty)
      if (isExponent(number, text[at]))
        return wrong(from, at + 1, `the e of ${number} is read as an exponent`, 'put a space before the sign')
      if (!/^\d+(?:\.\d+)?$/.test(number) && milliseconds(number) === null) patch(from, at, '1')
      operandNext = false
      continue
    }
    const pair = pairs[char]
    if (pair !== undefined) {
      if (inside?.char === '{') return wrong(at, at + 1, `unexpected ${char} inside braces`)
      if (char === '[' && inside?.char === '[') return wrong(at, at + 1, 'unexpected [ inside a range')
      open.push({ char, at, list: char === '(' && beforeList.has(lastWord) })
      operandNext = true
      lastWord = ''
    } else if (char === ')' || char === ']' || char === '}') {
      const opened = open.pop()
      if (opened === undefined) return wrong(at, at + 1, `unmatched ${char}`)
      const missing = pairs[opened.char]
      if (missing !== char)
        return wrong(at, at + 1, `unexpected ${char} while ${opened.char} is still open`, `write ${missing} before it`)
      operandNext = opened.list
      lastWord = ''
    } else if (!signs.has(char))
      return wrong(at, at + 1, `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) as number))}`)
    else {
      operandNext = true
      lastWord = ''
    }
    at++
  }
  const unclosed = open[open.length - 1]
  if (unclosed !== undefined)
    return wrong(
      unclosed.at,
      unclosed.at + 1,
      `this ${unclosed.char} is never closed`,
      `write ${pairs[unclosed.char]} where it ends`,
    )
  return { ok: true, source: done === 0 ? text : patched + text.slice(done) }
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

function numberMistake(text: string, atEnd: boolean): string | null {
  const time = milliseconds(text)
  if (time !== null) return time > longest ? `${text} is too long: a duration is at most 292 years` : null
  // an e as the second digit is read as an exponent, after which the text may not end
  if (atEnd && /^0[xX]_?[0-9a-fA-F][eE]$/.test(text)) return `${text} is neither a number nor a duration`
  if (hexadecimal.test(text)) return BigInt(text.replaceAll('_', '')) < 2n ** 63n ? null : `${text} is too large`
  if (!decimal.test(text)) return `${text} is neither a number nor a duration`
  return Number.isFinite(Number(text.replaceAll('_', ''))) ? null : `${text} is too large`
}
