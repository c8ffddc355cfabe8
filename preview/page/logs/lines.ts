/** A line as the store has it: all values are texts. */
export type LineFields = Readonly<Record<string, string>>

/** Fields that every line has, or that say where it was stored. */
const usual: ReadonlySet<string> = new Set([
  ...['_msg', '_time', '_stream', '_stream_id', 'bot', 'env', 'instance', 'event', 'level', 'run', 'seq'],
])

/** What tells a line from others, but not from its duplicates: delivery is at least once. */
export const lineKey = (line: LineFields): string => {
  const { run, seq } = line
  return run === undefined || seq === undefined ? JSON.stringify(line) : `${run} ${seq}`
}

/** Each line once, newest first. */
export function distinctLines(lines: readonly LineFields[]): readonly LineFields[] {
  const known = new Map(lines.map((line) => [lineKey(line), line]))
  return [...known.values()]
    .map((line) => ({ line, key: sortKey(line['_time'] ?? '') }))
    .sort((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : Number(b.line['seq'] ?? 0) - Number(a.line['seq'] ?? 0)))
    .map(({ line }) => line)
}

/** The store leaves out zeros at the end of a time. */
const sortKey = (time: string): string =>
  time.replace(/(?:\.(\d+))?Z$/, (_, digits: string = '') => `.${digits.padEnd(9, '0')}`)

/** What a line says, for a person: its event, its message if that says more, and its own fields. */
interface LineText {
  readonly event: string
  readonly message: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** The readable parts of a line. */
export function readableLine(line: LineFields): LineText {
  const { event = '', _msg = '' } = line
  return {
    event,
    message: event === '' ? _msg : withoutEvent(_msg, event),
    fields: Object.entries(line).filter(([name]) => !usual.has(name)),
  }
}

/** Messages often begin with the name of their event, which is said once. */
const withoutEvent = (message: string, event: string): string =>
  message === event ? '' : message.startsWith(`${event}:`) ? message.slice(event.length + 1).trim() : message

/** All fields of a line as they are stored; first those that every line has. */
export const allFields = (line: LineFields): LineText['fields'] => [
  ...Object.entries(line).filter(([name]) => usual.has(name)),
  ...readableLine(line).fields,
]

/** Whether a line has each word, anywhere and in any case. */
export function matches(line: LineFields, words: string): boolean {
  const text = Object.entries(line)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
    .toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** How bad a line is, by the names that loggers give levels; null if it says nothing that is known. */
export function severityOf({ level = '' }: LineFields): 'error' | 'warn' | 'info' | 'debug' | null {
  const name = level.toLowerCase()
  if (/^(?:error|err|fatal|critical|crit|alert|emerg|panic)/.test(name)) return 'error'
  if (name.startsWith('warn')) return 'warn'
  if (/^(?:info|notice)/.test(name)) return 'info'
  return /^(?:debug|trace)/.test(name) ? 'debug' : null
}

/** A text of at most so many characters, and how many are left out. */
export const shorten = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${text.slice(0, most)} … and ${(text.length - most).toLocaleString('en-US')} more characters`

/** A text with the control characters that a browser would not show as their symbols; line breaks and tabs stay. */
export const printable = (text: string): string =>
  text.replace(/[^\P{Cc}\n\t]/gu, (one) => {
    const code = one.codePointAt(0) ?? 0
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd'
  })
