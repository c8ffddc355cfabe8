const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
}

/** A quoted PromQL string, as the source of a regular expression without capturing groups. */
export const quotedSource = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/.source

/** The value of a quoted PromQL string by the rules of Go; null if it is not valid. */
export function unquote(text: string): string | null {
  const quote = text[0]
  if (text.length < 2 || text[text.length - 1] !== quote) return null
  const inside = text.slice(1, -1)
  if (quote === '`') return inside.includes('`') ? null : inside
  if (/\n/.test(inside)) return null
  let value = ''
  let hasBytes = false
  for (let i = 0; i < inside.length; i++) {
    const char = inside[i] as string
    if (char === quote) return null
    if (char !== '\\') {
      value += char
      continue
    }
    const escaped = escapeAt(inside, i + 1, quote as string)
    if (escaped === null) return null
    value += escaped.value
    hasBytes ||= escaped.value > '\x7f' && /[x0-7]/.test(inside[i + 1] as string)
    i += escaped.length
  }
  return hasBytes ? ofBytes(inside) : value
}

/** Escapes above \x7f are bytes, several of which form a character; invalid bytes become the replacement character. */
function ofBytes(inside: string): string {
  const bytes: Buffer[] = []
  for (let i = 0; i < inside.length; i++) {
    const escaped = inside[i] === '\\' ? escapeAt(inside, i + 1, '') : null
    if (escaped === null) {
      const char = String.fromCodePoint(inside.codePointAt(i) as number)
      bytes.push(Buffer.from(char))
      i += char.length - 1
      continue
    }
    const isByte = /[x0-7]/.test(inside[i + 1] as string)
    bytes.push(isByte ? Buffer.from([escaped.value.charCodeAt(0)]) : Buffer.from(escaped.value))
    i += escaped.length
  }
  return Buffer.concat(bytes).toString('utf8')
}

function escapeAt(text: string, at: number, quote: string): { readonly value: string; readonly length: number } | null {
  const char = text[at]
  if (char === undefined) return null
  if (quote !== '' && (char === '"' || char === "'") && char !== quote) return null
  const known = simple[char]
  if (known !== undefined) return { value: known, length: 1 }
  const [pattern, base] =
    char === 'x'
      ? [/^x([0-9a-fA-F]{2})/, 16]
      : char === 'u'
        ? [/^u([0-9a-fA-F]{4})/, 16]
        : char === 'U'
          ? [/^U([0-9a-fA-F]{8})/, 16]
          : [/^([0-7]{3})/, 8]
  const found = (pattern as RegExp).exec(text.slice(at, at + 9))
  if (found === null) return null
  const code = Number.parseInt(found[1] as string, base as number)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || (char !== 'u' && char !== 'U' && code > 255)) return null
  return { value: String.fromCodePoint(code), length: found[0].length }
}
