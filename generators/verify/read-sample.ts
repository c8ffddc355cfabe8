import type { Format, Sample } from './exposition.ts'

const nameShape = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const labelShape = /[a-zA-Z_][a-zA-Z0-9_]*/y
const restOfValue = /[^"\\]*/y
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const infinite = /^([+-]?)inf(?:inity)?$/i

/** Where in a line one reads; `wrong` is what no reader can go past. */
interface Cursor {
  readonly line: string
  readonly format: Format
  at: number
}

/** A sample's line, or the sentence that says why it is none. */
export function readSample(line: string, format: Format, number: number): Sample | string {
  const cursor: Cursor = { line, format, at: 0 }
  const name = match(cursor, nameShape)
  if (name === '') return `a line begins with a metric's name or with '#', and this one with ${shown(line)}`
  if (format === 'text') skipSpace(cursor)
  const labels = cursor.line[cursor.at] === '{' ? readLabels(cursor) : new Map<string, string>()
  if (typeof labels === 'string') return `${name}: ${labels}`
  const rest = readRest(cursor)
  return typeof rest === 'string' ? `${name}: ${rest}` : { name, labels, ...rest, line: number }
}

/** A number as both formats write it, NaN and infinities included; null where it is none. */
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
    if (name === '') return `a label's name is expected at ${shown(cursor.line.slice(cursor.at))}`
    skip(cursor)
    if (!take(cursor, '=')) return `label ${name} has no '=' behind its name`
    skip(cursor)
    const value = readQuoted(cursor)
    if (typeof value !== 'string') return `label ${name} ${value.wrong}`
    if (labels.has(name)) return `label ${name} stands there twice`
    labels.set(name, value)
    skip(cursor)
    if (!take(cursor, ',')) break
    skip(cursor)
    if (cursor.format === 'openmetrics' && cursor.line[cursor.at] === '}')
      return "there is a ',' behind the last label, which OpenMetrics does not have"
  }
  return take(cursor, '}') ? labels : `the labels do not end in '}'`
}

function readQuoted(cursor: Cursor): string | { readonly wrong: string } {
  if (!take(cursor, '"')) return { wrong: `has a value without quotes` }
  let value = ''
  for (;;) {
    value += match(cursor, restOfValue)
    const char = cursor.line[cursor.at]
    cursor.at += 1
    if (char === '"') return value
    if (char === undefined) return { wrong: 'has a value that does not end in a quote' }
    const escaped = cursor.line[cursor.at]
    cursor.at += 1
    if (escaped === 'n') value += '\n'
    else if (escaped === '"' || escaped === '\\') value += escaped
    else return { wrong: `has '\\${escaped ?? ''}' in its value; only \\\\, \\" and \\n can be escaped` }
  }
}

function readRest(cursor: Cursor): Pick<Sample, 'value' | 'timestamp'> | string {
  const all = cursor.line.slice(cursor.at)
  const exemplarAt = cursor.format === 'openmetrics' ? all.indexOf(' # ') : -1
  const text = exemplarAt === -1 ? all : all.slice(0, exemplarAt)
  const parts = partsOf(cursor, text)
  if (parts === null) return `one space is expected between a series, its value and its time, given ${shown(text)}`
  const [number, time, ...more] = parts
  if (number === undefined) return 'it has no value'
  if (more.length > 0) return `nothing may follow the time, given ${shown(more.join(' '))}`
  const value = readNumber(number)
  if (value === null) return `its value is no number: ${shown(number)}`
  const timestamp = time === undefined ? null : timeOf(cursor.format, time)
  if (Number.isNaN(timestamp)) return `its time is no ${timeWords[cursor.format]}: ${shown(time as string)}`
  const exemplar = exemplarAt === -1 ? null : exemplarFault(all.slice(exemplarAt + 3))
  return exemplar === null ? { value, timestamp } : `its exemplar ${exemplar}`
}

const timeWords = { text: 'whole number of milliseconds', openmetrics: 'number of seconds' } as const

function timeOf(format: Format, text: string): number {
  if (format === 'text') return /^-?\d+$/.test(text) ? Number(text) / 1000 : Number.NaN
  const seconds = decimal.test(text) ? Number(text) : Number.NaN
  return seconds
}

/** OpenMetrics has exactly one space before each; the text format as many as one likes, tabs too. */
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
  if (typeof labels === 'string') return `is wrong: ${labels}`
  const [value, time, ...more] = partsOf(cursor, text.slice(cursor.at)) ?? []
  if (value === undefined || readNumber(value) === null || more.length > 0) return 'has no value'
  return time === undefined || decimal.test(time) ? null : 'has a time that is no number of seconds'
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

/** Between labels, where OpenMetrics has no space. */
function skip(cursor: Cursor): void {
  if (cursor.format === 'text') skipSpace(cursor)
}

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
