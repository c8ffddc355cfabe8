import { redacted, redactLookalikes } from '../../../definitions/language/log-line.ts'
import { jsonQuote } from '../violation.ts'

/** A value of a log line for a message, quoted, on one line and short: whatever may be a secret is hidden. */
export function shownValue(name: string, value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'NaN or Infinity'
  const safe = withoutSecret(name, value)
  return typeof safe === 'string' ? shownText(safe) : typeof safe === 'object' ? kindOf(safe) : String(safe)
}

/** A value without its secrets; its name may say that it is one, like `password`. */
const withoutSecret = (name: string, value: unknown): unknown =>
  (JSON.parse(redactLookalikes(JSON.stringify({ [name]: value }))) as Record<string, unknown>)[name]

/** A text of a log for a message. */
export const shownText = (text: string): string => jsonQuote(withoutKeys(redactLookalikes(text)))

/** A name in a log for a message, quoted only if it is not plain. */
export function shownName(name: string): string {
  const quoted = shownText(name)
  return /^[\w.-]+$/.test(name) && quoted === `"${name}"` ? name : quoted
}

/** Shortens what may be a key that no pattern knows, or a line of one: letters and digits without a gap. */
const withoutKeys = (text: string) => text.replace(/(?=[\w+/=-]*\d)[\w+/=-]{24,}/g, (word) => `${word.slice(0, 4)}…`)

const kindOf = (value: object | null): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object'

/** What looks like a secret in a line. */
interface Lookalike {
  /** Empty if it is in no field. */
  readonly field: string
  /** Where it is, with the secret hidden. */
  readonly shown: string
}

/** What looks like a secret in a line; null if nothing does. */
export function lookalikeIn(text: string, fields: Readonly<Record<string, unknown>>): Lookalike | null {
  const safe = redactLookalikes(text)
  if (safe === text) return null
  for (const [field, value] of Object.entries(fields)) {
    const alone = JSON.stringify({ [field]: value })
    if (redactLookalikes(alone) === alone) continue
    const part = withoutSecret(field, value)
    return {
      field,
      shown: `${shownName(field)}: ${typeof part === 'string' ? aroundSecret(part) : shownValue(field, part)}`,
    }
  }
  return { field: '', shown: aroundSecret(safe) }
}

/** The part of a redacted text around the first secret. */
function aroundSecret(safe: string): string {
  const text = withoutKeys(safe)
  const from = text.indexOf(redacted) - 30
  return shownText(from > 0 ? `…${text.slice(from)}` : text)
}
