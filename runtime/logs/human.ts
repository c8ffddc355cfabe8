const colours: Readonly<Record<string, string>> = {
  debug: '\u001b[2m',
  info: '\u001b[32m',
  warn: '\u001b[33m',
  error: '\u001b[31m',
}
const plain = '\u001b[0m'

/** Formats a JSON line for a person: time, level, event, fields. */
export function humanLine(json: string, coloured: boolean): string {
  const { level, ts, event, msg, faults, undeclared, ...more } = JSON.parse(json) as Record<string, unknown>
  const { bot: _bot, run: _run, seq: _seq, ...fields } = more
  const word = `${level}`.toUpperCase().padEnd(5)
  const shown = coloured ? `${colours[`${level}`] ?? ''}${word}${plain}` : word
  const others = typeof undeclared === 'string' ? { undeclared } : (undeclared as object | undefined)
  const text = Object.entries({ ...fields, ...others }).map(([name, value]) => `${printable(name)}=${wordOf(value)}`)
  const wrong = Array.isArray(faults) ? [`(invalid: ${faults.join('; ')})`] : []
  return `${`${ts}`.slice(0, 19).replace('T', ' ')} ${[shown, printable(`${event ?? msg ?? ''}`), ...text, ...wrong].join(' ')}\n`
}

/** A value, quoted only if it contains spaces, quotes or `=`. */
function wordOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /^[^\s"=]+$/.test(text) ? printable(text) : JSON.stringify(printable(text))
}

/** Replaces control characters: text from outside must not move the cursor of a terminal. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this matches them on purpose
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
