import { listOrNone } from '../violation.ts'
import { mostBytes, type RawLine } from './lines.ts'
import { shownName, shownText } from './shown.ts'
import type { LogFlaw } from './violation.ts'

/** A line as JSON, and what is wrong with its form. */
interface ReadLine {
  readonly text: string
  /** Null if it is not a JSON object. */
  readonly fields: Readonly<Record<string, unknown>> | null
  /** Whether a number is NaN or infinite, which is not JSON; here it is infinite. */
  readonly hasNaN: boolean
  readonly flaws: readonly LogFlaw[]
}

// A decoder that keeps a byte order mark, since the collector does not skip it either.
const exact = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** Reads a line; `unfinished` if it may still be being written. */
export function readLine({ bytes, size, isEnded }: RawLine): ReadLine | 'unfinished' {
  const { text, isUtf8 } = decoded(bytes)
  const flaws: LogFlaw[] = []
  if (size > mostBytes)
    return {
      text,
      fields: null,
      hasNaN: false,
      flaws: [
        form('size', {
          of: '',
          given: `a line of ${size} bytes`,
          expected: `at most ${mostBytes}`,
          fix: 'log less in a line: VictoriaLogs skips longer ones by default, and a collector drops them beyond 2 MiB',
        }),
      ],
    }
  const json = parsed(text)
  if ('wrong' in json && !isEnded) return 'unfinished'
  if (!isUtf8)
    flaws.push(
      form('utf-8', {
        of: '',
        given: shownText(text),
        expected: 'UTF-8',
        fix: 'write UTF-8: the bytes that are not arrive as �',
      }),
    )
  if ('wrong' in json) {
    const fix = `${json.wrong}: write one JSON object per line, or this line is stored as text, without an event`
    flaws.push(form('json', { of: json.wrong, given: shownText(text), expected: 'a JSON object', fix }))
    return { text, fields: null, hasNaN: false, flaws }
  }
  if (json.hasNaN)
    flaws.push(
      form('json', {
        of: 'NaN',
        given: `NaN or Infinity in ${numbersIn(json.fields)}`,
        expected: 'JSON, which has neither',
        fix: 'pass finite numbers (in Python: json.dumps(…, allow_nan=False)): this line is stored as text, without an event',
      }),
    )
  return { text, ...json, flaws }
}

const form = (code: 'json' | 'utf-8' | 'size', of: Pick<LogFlaw, 'of' | 'given' | 'expected' | 'fix'>): LogFlaw => ({
  code,
  event: null,
  ...of,
})

function decoded(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  try {
    return { text: exact.decode(bytes), isUtf8: true }
  } catch {
    return { text: lenient.decode(bytes), isUtf8: false }
  }
}

type Parsed =
  | { readonly fields: Readonly<Record<string, unknown>>; readonly hasNaN: boolean }
  | { readonly wrong: string }

function parsed(text: string): Parsed {
  const strict = objectIn(text)
  if (!('wrong' in strict) || !/NaN|Infinity/.test(text)) return strict
  // Python writes them by default; 1e999 is read as infinity.
  const loose = objectIn(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (word) => (word.startsWith('"') ? word : '1e999')),
  )
  return 'wrong' in loose ? strict : { ...loose, hasNaN: true }
}

function objectIn(text: string): Parsed {
  if (text.startsWith('\ufeff')) return { wrong: 'it begins with a byte order mark' }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { fields: value as Readonly<Record<string, unknown>>, hasNaN: false }
    return { wrong: 'it is JSON, but not an object' }
  } catch {
    return { wrong: text.trimStart().startsWith('{') ? 'it is not valid JSON' : 'it is text' }
  }
}

const numbersIn = (fields: Readonly<Record<string, unknown>>): string => {
  const names = Object.keys(fields).filter((name) => fields[name] === Number.POSITIVE_INFINITY)
  return names.length === 0 ? 'it' : listOrNone(names.map(shownName))
}
