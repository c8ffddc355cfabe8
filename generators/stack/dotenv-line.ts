/** A line of `.env` from which Compose reads exactly this value. */
export const dotenvLine = (name: string, value: string): string => `${name}=${written(value)}`

function written(value: string): string {
  if (/^[A-Za-z0-9_./:@%+,=~-]*$/.test(value)) return value
  // In single quotes everything but the quote stays as it is; a backslash before one would escape it.
  if (!/['\n\r]|\\$/.test(value)) return `'${value}'`
  return `"${value
    .replace(/["\\$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')}"`
}
