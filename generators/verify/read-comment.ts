import type { ExpositionFormat } from './exposition.ts'
import { isType, typesOf } from './types.ts'

/** A line that begins with '#': a declaration of a family, the end, or nothing. */
type Comment =
  | { readonly word: 'type' | 'help' | 'unit'; readonly of: string; readonly text: string }
  | { readonly word: 'end' }
  | { readonly word: 'none' }

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/

/** Parses a line that begins with '#'; a string says what is wrong with it. */
export function readComment(line: string, format: ExpositionFormat): Comment | string {
  if (format === 'openmetrics' && line === '# EOF') return { word: 'end' }
  const shape =
    format === 'openmetrics' ? /^# (TYPE|HELP|UNIT) (\S+)(?: (.*))?$/ : /^#[ \t]+(TYPE|HELP)[ \t]+(\S+)[ \t]?(.*)$/
  const [, word, of, text = ''] = shape.exec(line) ?? []
  if (word === undefined || of === undefined)
    return format === 'text' ? { word: 'none' } : `OpenMetrics allows no comments except TYPE, HELP, UNIT and EOF`
  if (!metricName.test(of)) return `${JSON.stringify(of)} is not a metric name`
  if (word === 'UNIT') return { word: 'unit', of, text }
  if (word === 'HELP') {
    const help = unescaped(text, format)
    return help === null ? `the HELP of ${of} has an invalid escape sequence` : { word: 'help', of, text: help }
  }
  const type = format === 'text' ? text.trim() : text
  return isType(format, type)
    ? { word: 'type', of, text: type }
    : `the TYPE of ${of} is ${JSON.stringify(type)}, expected one of ${typesOf(format).join(', ')}`
}

/** OpenMetrics escapes quotes in HELP, the text format does not; null if the text has another escape. */
function unescaped(text: string, format: ExpositionFormat): string | null {
  const known = format === 'openmetrics' ? /\\([\\n"])/g : /\\([\\n])/g
  if (text.replace(known, '').includes('\\')) return null
  return text.replace(known, (_, char: string) => (char === 'n' ? '\n' : char))
}
