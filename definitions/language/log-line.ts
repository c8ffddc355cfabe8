/** The keys of a log line besides the fields of its event, which no field may use; only a Python bot's line has `module`. */
export const lineWords = Object.freeze([
  'level',
  'ts',
  'module',
  'bot',
  'event',
  'undeclared',
  'faults',
  'msg',
  'run',
  'seq',
] as const)

/** The length, in UTF-16 units, from which a text in a line is shortened. */
export const longestText = 10_000

/** The replacement for a secret. */
export const redacted = '[redacted]'

const names =
  '(?:api[_-]?key|(?:api|client)?[_-]?secret|signature|passw(?:or)?d|passphrase|private[_-]?key|authorization|(?:access|api|auth|bearer|bot|refresh|session)[_-]?token)'

const nameWords = ['key', 'secret', 'signature', 'passw', 'passphrase', 'authorization', 'token']

const secrets: readonly (readonly [pattern: RegExp, words: readonly string[]])[] = [
  // A string field of the line or of an object in it: the line stays valid JSON.
  [new RegExp(`("${names}":\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi'), nameWords],
  [
    new RegExp(`(\\b${names}(?:\\\\"|')?\\s*[=:]\\s*(?:\\\\"|')?(?:(?:Bearer|Basic)\\s+)?)[^\\s"'\\\\&,;}]+`, 'gi'),
    nameWords,
  ],
  // A plain "token" is often a coin: only long values, and no contract addresses.
  [/(\btoken(?:\\"|')?\s*[=:]\s*(?:\\"|')?)(?!0x)[\w.~+/-]{16,}/gi, ['token']],
  [/(\b(?:Bearer|Basic)\s+)[\w.~+/-]{8,}=*/g, ['bearer', 'basic']],
  [/(\/\/[^\s/:@"\\]+:)[^\s/@"\\]+(?=@)/g, ['//']],
  [/(?<!\d)\d{6,12}:[\w-]{30,}/g, []],
  [/(discord(?:app)?\.com\/api\/webhooks\/)[\w/-]+/g, ['discord']],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=\\*"))/g, ['private key']],
]

/** Patterns of secrets anywhere in a JSON line; the first group, if any, is kept. */
export const secretPatterns: readonly RegExp[] = Object.freeze(secrets.map(([pattern]) => pattern))

/** Words of which each match of a pattern has one in lower case, since they are faster to look for; none if it has no such word. */
export const secretWords: ReadonlyMap<RegExp, readonly string[]> = new Map(secrets)

/** Redacts whatever looks like a secret in a JSON line, which stays valid JSON; what is redacted already stays as it is. */
export function redactLookalikes(line: string): string {
  const lower = line.toLowerCase()
  let text = line
  for (const [pattern, words] of secrets)
    if (words.length === 0 || words.some((word) => lower.includes(word)))
      text = text.replace(pattern, (_, kept: unknown) => `${typeof kept === 'string' ? kept : ''}${redacted}`)
  return text
}

/** Shorter secrets would hide ordinary words. */
export const shortestSecret = 6
