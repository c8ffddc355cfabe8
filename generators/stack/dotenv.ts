import { type Lookup, unsetVariables, withVariables } from './interpolation.ts'

/** How a value is written: as it is, or in quotes. */
type Quote = 'none' | 'single' | 'double'

/** A line of `.env` that sets a value. */
export interface EnvEntry {
  readonly name: string
  /** The value that Compose uses. */
  readonly value: string
  /** The line that it starts in, from 1; if it follows a quoted value, the line in which that starts. */
  readonly line: number
  readonly quote: Quote
  /** What is written, without quotes and comment. */
  readonly raw: string
  /** False for a name alone that the environment does not set either. */
  readonly isSet: boolean
  /** Whether ` #` ends an unquoted value. */
  readonly hasComment: boolean
  /** Whether it refers to a variable that is not set, which Compose replaces with nothing. */
  readonly hasUnset: boolean
  /** Whether it starts in the line in which a quoted value ended. */
  readonly followsQuote: boolean
}

/** Why Compose rejects the file; the reason never contains any of its text. */
interface EnvProblem {
  readonly line: number
  readonly wrong: string
}

/** A `.env` file as Compose reads it. */
export interface EnvFile {
  /** In their order; of several with the same name the last counts. */
  readonly entries: readonly EnvEntry[]
  /** Null if Compose accepts the file; otherwise the entries end before it. */
  readonly problem: EnvProblem | null
}

/** Reads the text of a `.env` file by the rules of Docker Compose; `outer` is the environment in which Compose runs, whose variables win. */
export function readDotenv(text: string, outer: Lookup = () => undefined): EnvFile {
  const source = text.replace(/^\uFEFF/, '')
  const entries: EnvEntry[] = []
  const values = new Map<string, string>()
  const lookup: Lookup = (name) => outer(name) ?? values.get(name)
  let at = 0
  // where the quoted value starts that ends in this line
  let quotedFrom: number | null = null
  for (;;) {
    const start = statementStart(source, at)
    if (start === null) return { entries, problem: null }
    if (source.slice(at, start).includes('\n')) quotedFrom = null
    const followsQuote: boolean = quotedFrom !== null
    const line: number = quotedFrom ?? source.slice(0, start).split('\n').length
    const key = keyAt(source, start)
    if ('wrong' in key) return { entries, problem: { line, wrong: followsQuote ? textAfterQuote : key.wrong } }
    if (key.isInherited) {
      const value = lookup(key.name)
      if (value !== undefined) values.set(key.name, value)
      entries.push({ ...inherited, name: key.name, value: value ?? '', isSet: value !== undefined, line, followsQuote })
      at = key.end
      quotedFrom = null
      continue
    }
    const read = valueAt(source, key.end)
    if ('wrong' in read) return { entries, problem: { line, wrong: read.wrong } }
    const filled = read.quote === 'single' ? { text: read.template } : withVariables(read.template, lookup)
    if ('wrong' in filled) return { entries, problem: { line, wrong: `${filled.wrong}: ${quoteIt}` } }
    const hasUnset = read.quote !== 'single' && unsetVariables(read.template, lookup).length > 0
    values.set(key.name, filled.text)
    const { quote, raw, hasComment } = read
    const set = { name: key.name, value: filled.text, isSet: true }
    entries.push({ ...set, line, quote, raw, hasComment, hasUnset, followsQuote })
    at = read.end
    quotedFrom = quote === 'none' ? null : line
  }
}

/** The values of a file by name. */
export const envValues = ({ entries }: EnvFile): ReadonlyMap<string, string> =>
  new Map(entries.filter(({ isSet }) => isSet).map(({ name, value }) => [name, value]))

/** What is wrong with text that starts in the line in which a quoted value ended. */
export const textAfterQuote =
  'text follows the closing quote of the value, and Docker Compose would read it as another setting: if a quote is part of the value, put a backslash before it'

/** A name alone, which takes its value from the environment. */
const inherited = { quote: 'none', raw: '', hasComment: false, hasUnset: false } as const

const quoteIt = 'if the `$` is part of the value, put the value in single quotes'

/** Go's white space, which differs from JavaScript's. */
const space = '\\t\\v\\f\\r \\u0085\\u00a0'
const anySpace = `${space}\\n\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000`
const spacesAt = new RegExp(`[${space}]*`, 'y')
const blankAt = new RegExp(`(?:[${anySpace}]|#[^\\n]*)*`, 'y')
const trailingSpace = new RegExp(`[${anySpace}]+$`, 'u')
const isKeySpace = new RegExp(`^[${space}]$`)

/** The index of the next character that is not in white space or a comment; null at the end. */
function statementStart(source: string, from: number): number | null {
  const at = skip(blankAt, source, from)
  return at >= source.length ? null : at
}

function skip(pattern: RegExp, source: string, from: number): number {
  pattern.lastIndex = from
  return from + (pattern.exec(source)?.[0].length ?? 0)
}

interface Key {
  readonly name: string
  readonly end: number
  /** Whether it has no value of its own. */
  readonly isInherited: boolean
}

/** The name at an index. Without `=` or `:` it takes its value from the environment. */
function keyAt(source: string, start: number): Key | { readonly wrong: string } {
  const exported = /^export[\t\n\f\r ]/.test(source.slice(start, start + 7))
  const from = exported ? skip(spacesAt, source, start + 6) : start
  let i = from
  for (const char of source.slice(from)) {
    if (char === '=' || char === ':' || char === '\n') {
      const written = source.slice(from, i)
      const name = written.replace(trailingSpace, '')
      if (name.includes(' ')) return { wrong: 'the name before the `=` contains a space' }
      return { name, end: skip(spacesAt, source, i + 1), isInherited: char === '\n' }
    }
    if (!isKeySpace.test(char) && !/^[_.[\]\p{L}\p{N}-]$/u.test(char))
      return {
        wrong:
          'the text before the `=` is not a name (letters, digits, _, . and - only), or the line belongs to a value whose quotes end too early',
      }
    i += char.length
  }
  // Compose takes a last line without `=` and line break to be a value without a name.
  return { name: '', end: from, isInherited: false }
}

interface Value {
  /** The value before variables are filled in. */
  readonly template: string
  readonly end: number
  readonly quote: Quote
  readonly raw: string
  readonly hasComment: boolean
}

function valueAt(source: string, from: number): Value | { readonly wrong: string } {
  const mark = source[from]
  if (mark === '"' || mark === "'") return quotedAt(source, from, mark)
  const found = source.indexOf('\n', from)
  const line = source.slice(from, found === -1 ? source.length : found)
  const comment = line.indexOf(' #')
  const template = (comment === -1 ? line : line.slice(0, comment)).replace(trailingSpace, '')
  const end = found === -1 ? source.length : found + 1
  return { template, end, quote: 'none', raw: template, hasComment: comment !== -1 }
}

function quotedAt(source: string, from: number, mark: '"' | "'"): Value | { readonly wrong: string } {
  let value = ''
  let isEscaped = false
  for (let i = from + 1; i < source.length; i++) {
    const char = source[i] as string
    if (char === mark && !isEscaped) {
      const raw = source.slice(from + 1, i)
      const rest = { end: i + 1, raw, hasComment: false }
      return mark === '"'
        ? { ...rest, template: unescaped(value), quote: 'double' }
        : { ...rest, template: value, quote: 'single' }
    }
    if (char !== mark && !isEscaped && char === '\\') {
      isEscaped = true
      continue
    }
    // A backslash stays, unless it is before the quote.
    value += isEscaped && char !== mark ? `\\${char}` : char
    isEscaped = false
  }
  return { wrong: `the quote (${mark}) at the start of the value is never closed` }
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  // filled in later as a dollar sign
  $: '$$',
}

/** Escape sequences in double quotes: those of Go, with `\0` before octal digits. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (found, letter?: string, digits?: string) => {
    if (letter !== undefined) return escapes[letter] ?? found
    return /^[0-3][0-7]{2}$/.test(digits ?? '')
      ? String.fromCharCode(Number.parseInt(digits as string, 8))
      : `\\${digits}`
  })
