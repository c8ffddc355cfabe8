/** The replacement for a secret. */
export const redacted = '[redacted]'

const names =
  '(?:api[_-]?key|(?:api|client)?[_-]?secret|signature|passw(?:or)?d|passphrase|private[_-]?key|authorization|(?:access|api|auth|bearer|bot|refresh|session)[_-]?token)'

/** Patterns of secrets anywhere in a line; the first group, if any, is kept. */
const patterns: readonly RegExp[] = [
  // A string field of the line or of an object in it: the line stays valid JSON.
  new RegExp(`("${names}":\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi'),
  new RegExp(`(\\b${names}(?:\\\\"|')?\\s*[=:]\\s*(?:\\\\"|')?(?:(?:Bearer|Basic)\\s+)?)[^\\s"'\\\\&,;}]+`, 'gi'),
  // A plain "token" is often a coin: only long values, and no contract addresses.
  /(\btoken(?:\\"|')?\s*[=:]\s*(?:\\"|')?)(?!0x)[\w.~+/-]{16,}/gi,
  /(\b(?:Bearer|Basic)\s+)[\w.~+/-]{8,}=*/g,
  /(\/\/[^\s/:@"\\]+:)[^\s/@"\\]+(?=@)/g,
  /(?<!\d)\d{6,12}:[\w-]{30,}/g,
  /(discord(?:app)?\.com\/api\/webhooks\/)[\w/-]+/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?="))/g,
]

/** Shorter secrets would hide ordinary words. */
const shortest = 6

/** Creates a function that redacts the given secrets, and anything that looks like one, in a JSON line, which stays valid JSON. */
export function createRedaction(secrets: readonly string[]): (line: string) => string {
  const known = [...new Set(secrets.flatMap((secret) => forms(secret.trim())))].sort((a, b) => b.length - a.length)
  return (line) => {
    let text = line
    for (const secret of known) text = text.replaceAll(secret, redacted)
    for (const pattern of patterns)
      text = text.replace(pattern, (_, kept: unknown) => `${typeof kept === 'string' ? kept : ''}${redacted}`)
    return text
  }
}

/** The forms in which a secret can appear: as a JSON string and URL-encoded. */
function forms(secret: string): readonly string[] {
  if (secret === '') return []
  if (secret.length < shortest)
    throw new RangeError(
      `createLog: a secret has fewer than ${shortest} characters: redacting it would hide ordinary words too`,
    )
  return [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
}
