import { redacted, redactLookalikes, shortestSecret } from '../../definitions/language/log-line.ts'

/** Creates a function that redacts the given secrets, and anything that looks like one, in a JSON line, which stays valid JSON. */
export function createRedaction(secrets: readonly string[]): (line: string) => string {
  const known = [...new Set(secrets.flatMap((secret) => forms(secret.trim())))].sort((a, b) => b.length - a.length)
  return (line) => {
    let text = line
    for (const secret of known) text = text.replaceAll(secret, redacted)
    return redactLookalikes(text)
  }
}

/** The forms in which a secret can appear: as a JSON string and URL-encoded. */
function forms(secret: string): readonly string[] {
  if (secret === '') return []
  if (secret.length < shortestSecret)
    throw new RangeError(
      `createLog: a secret has fewer than ${shortestSecret} characters: redacting it would hide ordinary words too`,
    )
  return [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
}
