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

/** What a secret looks like in a JSON line. */
interface SecretPattern {
  /** Its first group, if any, is kept. */
  readonly pattern: RegExp
  /** Each match has one of these in lower case, which is faster to look for; empty if there are none. */
  readonly words: readonly string[]
}

const nameWords = ['key', 'secret', 'signature', 'passw', 'passphrase', 'authorization', 'token']

/** What is redacted in every line. */
export const secretPatterns: readonly SecretPattern[] = Object.freeze([
  // A string field of the line or of an object in it: the line stays valid JSON.
  { pattern: new RegExp(`("${names}":\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi'), words: nameWords },
  {
    pattern: new RegExp(
      `(\\b${names}(?:\\\\"|')?\\s*[=:]\\s*(?:\\\\"|')?(?:(?:Bearer|Basic)\\s+)?)[^\\s"'\\\\&,;}]+`,
      'gi',
    ),
    words: nameWords,
  },
  // A plain "token" is often a coin: only long values, and no contract addresses.
  { pattern: /(\btoken(?:\\"|')?\s*[=:]\s*(?:\\"|')?)(?!0x)[\w.~+/-]{16,}/gi, words: ['token'] },
  { pattern: /(\b(?:Bearer|Basic)\s+)[\w.~+/-]{8,}=*/g, words: ['bearer', 'basic'] },
  { pattern: /(\/\/[^\s/:@"\\]+:)[^\s/@"\\]+(?=@)/g, words: ['//'] },
  { pattern: /(?<!\d)\d{6,12}:[\w-]{30,}/g, words: [] },
  { pattern: /(discord(?:app)?\.com\/api\/webhooks\/)[\w/-]+/g, words: ['discord'] },
  {
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?="))/g,
    words: ['private key'],
  },
])

/** Shorter secrets would hide ordinary words. */
export const shortestSecret = 6
