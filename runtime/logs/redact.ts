/** Stands where a secret stood. */
export const redacted = '[redacted]'

const names =
  '(?:api[_-]?key|(?:api|client)?[_-]?secret|signature|passw(?:or)?d|passphrase|private[_-]?key|authorization|(?:access|api|auth|bearer|bot|refresh|session)[_-]?token)'

/** What looks like a secret wherever it stands in a line; the first group, where there is one, is kept. */
const patterns: readonly RegExp[] = [
  // A field of the line, or of one in it, that is a string: what follows its name stays JSON.
  new RegExp(`("${names}":\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi'),
  new RegExp(`(\\b${names}(?:\\\\"|')?\\s*[=:]\\s*(?:\\\\"|')?(?:(?:Bearer|Basic)\\s+)?)[^\\s"'\\\\&,;}]+`, 'gi'),
  // A token by itself is often a coin: only what is long, and no address of one.
  /(\btoken(?:\\"|')?\s*[=:]\s*(?:\\"|')?)(?!0x)[\w.~+/-]{16,}/gi,
  /(\b(?:Bearer|Basic)\s+)[\w.~+/-]{8,}=*/g,
  /(\/\/[^\s/:@"\\]+:)[^\s/@"\\]+(?=@)/g,
  /(?<!\d)\d{6,12}:[\w-]{30,}/g,
  /(discord(?:app)?\.com\/api\/webhooks\/)[\w/-]+/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?="))/g,
]

/** Shorter ones would hide ordinary words. */
const shortest = 6

/** Takes the given secrets, and all that looks like one, out of a line of JSON, which stays one. */
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

/** A secret as it stands in JSON, by itself and inside an address. */
function forms(secret: string): readonly string[] {
  if (secret === '') return []
  if (secret.length < shortest)
    throw new RangeError(`createLog: a secret has fewer than ${shortest} characters, and would hide ordinary words`)
  return [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
}
