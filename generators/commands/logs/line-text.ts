import type { Fields, LogEvent } from '../../../definitions/language/log-event.ts'

/** A line as VictoriaLogs answers it: all values are texts. */
export type StoredLine = Readonly<Record<string, string>>

/** Fields that every line has, which the text of a line says in another form or not at all. */
const own: ReadonlySet<string> = new Set([
  ...['_msg', '_time', '_stream', '_stream_id', 'bot', 'env', 'instance', 'event', 'level', 'msg', 'run', 'seq', 'ts'],
])

/** The most characters of a value that are printed. */
const longest = 2000

/** Whose line it is: the environment and the instance. */
export const originOf = ({ env = '', instance = '' }: StoredLine): string => `${env}/${instance}`

/** One line for a person: time, origin if there are several, level, event and its fields, in the order of their declaration. */
export function lineText(
  line: StoredLine,
  events: Readonly<Record<string, LogEvent<Fields>>>,
  origin: string | null,
): string {
  const declared = Object.values(events).find(({ name }) => name === line['event'])
  const names = Object.keys(line).filter((name) => !own.has(name))
  const order = Object.keys(declared?.fields ?? {})
  const shown = [...order.filter((name) => names.includes(name)), ...names.filter((name) => !order.includes(name))]
  return [
    timeText(line['_time'] ?? ''),
    ...(origin === null ? [] : [printable(origin)]),
    (line['level'] ?? '').toUpperCase().padEnd(5),
    printable(line['event'] ?? clipped(line['_msg'] ?? '')),
    ...shown.map((name) => `${printable(name)}=${wordOf(line[name] ?? '')}`),
  ].join(' ')
}

/** In UTC with milliseconds: the store leaves out zeros at the end. */
function timeText(time: string): string {
  const at = Date.parse(time)
  return Number.isNaN(at) ? printable(time) : new Date(at).toISOString().slice(0, 23).replace('T', ' ')
}

/** What tells a line from others, but not from its duplicates: a line without run and number is its own text. */
export const identityOf = (line: StoredLine): string => {
  const { run, seq } = line
  return run === undefined || seq === undefined ? JSON.stringify(line) : `${run} ${seq}`
}

/** Quoted only if it could be read as something else. */
const wordOf = (given: string): string => {
  const value = clipped(given)
  return /^[^\s"=]+$/.test(value) ? printable(value) : JSON.stringify(printable(value))
}

/** A line may have a megabyte; the store has all of it. */
const clipped = (value: string): string =>
  value.length <= longest ? value : `${value.slice(0, longest)}… (${value.length} characters)`

/** Without control characters: what a bot logs must not move the cursor of a terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, ' ')
