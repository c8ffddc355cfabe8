import type { ExpositionFormat, Sample } from './exposition.ts'

const nameShape = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const labelShape = /[a-zA-Z_][a-zA-Z0-9_]*/y
const restOfValue = /[^"\\]*/y
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const infinite = /^([+-]?)inf(?:inity)?$/i

/** A position in a line. */
interface Cursor {
  readonly line: string
  readonly format: ExpositionFormat
  at: number
}

/** Parses a sample; a string says why it is not one. */
export function readSample(line: string, format: ExpositionFormat, number: number): Sample | string {
  const cursor: Cursor = { line, format, at: 0 }
  const name = match(cursor, nameShape)
  if (name === '') return `a line must begin with a metric name or '#', given ${shown(line)}`
  if (format === 'text') skipSpace(cursor)
  const labels = cursor.line[cursor.at] === '{' ? readLabels(cursor) : new Map<string, string>()
  if (typeof labels === 'string') return `${name}: ${labels}`
  const rest = readRest(cursor)
  return typeof rest === 'string' ? `${name}: ${rest}` : { name, labels, ...rest, line: number }
}

/** A number as both formats write it, NaN and infinities included; null if it is not a number. */
export function readNumber(text: string): number | null {
  if (decimal.test(text)) return Number(text)
  if (/^nan$/i.test(text)) return Number.NaN
  const sign = infinite.exec(text)?.[1]
  if (sign === undefined) return null
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function readLabels(cursor: Cursor): Map<string, string> | string {
  const labels = new Map<string, string>()
  cursor.at += 1
  skip(cursor)
  while (cursor.line[cursor.at] !== '}') {
    const name = match(cursor, labelShape)
    if (name === '') return `expected a label name at ${shown(cursor.line.slice(cursor.at))}`
    skip(cursor)
    if (!take(cursor, '=')) return `label ${name} has no '=' after its name`
    skip(cursor)
    const value = readQuoted(cursor)
    if (typeof value !== 'string') return `label ${name} ${value.wrong}`
    if (labels.has(name)) return `label ${name} occurs twice`
    labels.set(name, value)
    skip(cursor)
    if (!take(cursor, ',')) break
    skip(cursor)
    if (cursor.format === 'openmetrics' && cursor.line[cursor.at] === '}')
      return 'trailing comma after the last label, which OpenMetrics does not allow'
  }
  return take(cursor, '}') ? labels : `the labels do not end in '}'`
}

function readQuoted(cursor: Cursor): string | { readonly wrong: string } {
  if (!take(cursor, '"')) return { wrong: `has an unquoted value` }
  let value = ''
  for (;;) {
    value += match(cursor, restOfValue)
    const char = cursor.line[cursor.at]
    cursor.at += 1
    if (char === '"') return value
    if (char === undefined) return { wrong: 'has a value without a closing quote' }
    const escaped = cursor.line[cursor.at]
    cursor.at += 1
    if (escaped === 'n') value += '\n'
    else if (escaped === '"' || escaped === '\\') value += escaped
    else return { wrong: `has '\\${escaped ?? ''}' in its value; only \\\\, \\" and \\n are valid escapes` }
  }
}

function readRest(cursor: Cursor): Pick<Sample, 'value' | 'timestamp'> | string {
  const all = cursor.line.slice(cursor.at)
  const exemplarAt = cursor.format === 'openmetrics' ? all.indexOf(' # ') : -1
  const text = exemplarAt === -1 ? all : all.slice(0, exemplarAt)
  const parts = partsOf(cursor, text)
  if (parts === null) return `expected exactly one space between series, value and timestamp, given ${shown(text)}`
  const [number, time, ...more] = parts
  if (number === undefined) return 'it has no value'
  if (more.length > 0) return `nothing may follow the timestamp, given ${shown(more.join(' '))}`
  const value = readNumber(number)
  if (value === null) return `its value is not a number: ${shown(number)}`
  const timestamp = time === undefined ? null : timeOf(cursor.format, time)
  if (Number.isNaN(timestamp)) return `its timestamp is not a ${timeWords[cursor.format]}: ${shown(time as string)}`
  const exemplar = exemplarAt === -1 ? null : exemplarFault(all.slice(exemplarAt + 3))
  return exemplar === null ? { value, timestamp } : `its exemplar ${exemplar}`
}

const timeWords = { text: 'whole number of milliseconds', openmetrics: 'number of seconds' } as const

function timeOf(format: ExpositionFormat, text: string): number {
  if (format === 'text') return /^-?\d+$/.test(text) ? Number(text) / 1000 : Number.NaN
  const seconds = decimal.test(text) ? Number(text) : Number.NaN
  return seconds
}

/** OpenMetrics has exactly one space before each; the text format any number of spaces and tabs. */
function partsOf(cursor: Cursor, text: string): readonly string[] | null {
  if (cursor.format === 'text') return text.split(/[ \t]+/).filter((part) => part !== '')
  if (text === '') return []
  if (!text.startsWith(' ')) return null
  const parts = text.slice(1).split(' ')
  return parts.includes('') || text.includes('\t') ? null : parts
}

/** What is wrong with `{trace_id="x"} 1 1700000000`. */
function exemplarFault(text: string): string | null {
  const cursor: Cursor = { line: text, format: 'openmetrics', at: 0 }
  if (text[0] !== '{') return 'has no labels'
  const labels = readLabels(cursor)
  if (typeof labels === 'string') return `is invalid: ${labels}`
  const [value, time, ...more] = partsOf(cursor, text.slice(cursor.at)) ?? []
  if (value === undefined || readNumber(value) === null || more.length > 0) return 'has no value'
  return time === undefined || decimal.test(time) ? null : 'has a timestamp that is not a number of seconds'
}

function match(cursor: Cursor, shape: RegExp): string {
  shape.lastIndex = cursor.at
  const found = shape.exec(cursor.line)?.[0] ?? ''
  cursor.at += found.length
  return found
}

function take(cursor: Cursor, char: string): boolean {
  if (cursor.line[cursor.at] !== char) return false
  cursor.at += 1
  return true
}

function skipSpace(cursor: Cursor): void {
  while (cursor.line[cursor.at] === ' ' || cursor.line[cursor.at] === '\t') cursor.at += 1
}

/** Skips space between labels, where OpenMetrics allows none. */
function skip(cursor: Cursor): void {
  if (cursor.format === 'text') skipSpace(cursor)
}

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
