import type { Format } from './exposition.ts'
import { isType, typesOf } from './types.ts'

/** A line that begins with '#': what it says of which family, or that it says nothing. */
type Comment =
  | { readonly word: 'type' | 'help' | 'unit'; readonly of: string; readonly text: string }
  | { readonly word: 'end' }
  | { readonly word: 'none' }

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/

/** What a line that begins with '#' says, or the sentence that says what is wrong with it. */
export function readComment(line: string, format: Format): Comment | string {
  if (format === 'openmetrics' && line === '# EOF') return { word: 'end' }
  const shape =
    format === 'openmetrics' ? /^# (TYPE|HELP|UNIT) (\S+)(?: (.*))?$/ : /^#[ \t]+(TYPE|HELP)[ \t]+(\S+)[ \t]?(.*)$/
  const [, word, of, text = ''] = shape.exec(line) ?? []
  if (word === undefined || of === undefined)
    return format === 'text' ? { word: 'none' } : `OpenMetrics knows no comment but TYPE, HELP, UNIT and EOF`
  if (!metricName.test(of)) return `${JSON.stringify(of)} is no name of a metric`
  if (word === 'UNIT') return { word: 'unit', of, text }
  if (word === 'HELP') {
    const help = unescaped(text, format)
    return help === null
      ? `the HELP of ${of} has a backslash before something that is not to be escaped`
      : { word: 'help', of, text: help }
  }
  const type = format === 'text' ? text.trim() : text
  return isType(format, type)
    ? { word: 'type', of, text: type }
    : `the TYPE of ${of} is ${JSON.stringify(type)}, expected one of ${typesOf(format).join(', ')}`
}

/** OpenMetrics escapes quotes in HELP, the text format does not; null where the text escapes something else. */
function unescaped(text: string, format: Format): string | null {
  const known = format === 'openmetrics' ? /\\([\\n"])/g : /\\([\\n])/g
  if (text.replace(known, '').includes('\\')) return null
  return text.replace(known, (_, char: string) => (char === 'n' ? '\n' : char))
}
