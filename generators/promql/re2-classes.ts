/** A class or an escape as JavaScript writes it (null if it cannot), and where it ends. */
export interface Piece {
  readonly script: string | null
  readonly end: number
}

const perl: Readonly<Record<string, string>> = {
  d: '0-9',
  s: '\\t\\n\\f\\r\\u0020',
  w: '0-9A-Za-z_',
}
const posix: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t\\u0020',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: '\\u0020-~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r\\u0020',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }
const unicode = /\\([pP])(?:\{(\^?)([^}]*)\}|([\s\S]))/y
const hex = /\\x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/y
const octal = /\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/y

/** The class that begins with a bracket, or why RE2 rejects it. */
export function classAt(source: string, from: number): Piece | string {
  let at = from + 1
  const negated = source[at] === '^'
  if (negated) at++
  let [parts, known] = ['', true]
  for (let first = true; source[at] !== ']' || first; first = false) {
    if (at >= source.length) return 'is not a valid regular expression: missing closing ]'
    const name = source.startsWith('[:', at) ? source.slice(at + 2, source.indexOf(':]', at + 2)) : ''
    if (source.startsWith('[:', at) && source.indexOf(':]', at + 2) !== -1) {
      const own = name.replace(/^\^/, '')
      if (!Object.hasOwn(posix, own)) return `uses the class [:${name}:], which RE2 does not support`
      if (own !== name) known = false
      parts += posix[own] as string
      at += name.length + 4
      continue
    }
    if (source[at] === '\\' && /[pP]/.test(source[at + 1] ?? '')) {
      const one = unicodeAt(source, at)
      if (typeof one === 'string') return one
      parts += one.script ?? ''
      at = one.end
      continue
    }
    if (source[at] === '\\' && /[dswDSW]/.test(source[at + 1] ?? '')) {
      const letter = source[at + 1] as string
      // JavaScript counts more characters as white space than RE2 does
      parts +=
        perl[letter] ??
        (letter === 'S'
          ? '\\S\\v\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'
          : `\\${letter}`)
      at += 2
      continue
    }
    const low = letterAt(source, at)
    if (typeof low === 'string') return low
    let high = low
    at = low.end
    if (source[at] === '-' && at + 1 < source.length && source[at + 1] !== ']') {
      const end = letterAt(source, at + 1)
      if (typeof end === 'string') return end
      if (end.code < low.code) return `has a range that ends before it begins: ${source.slice(from, end.end)}`
      high = end
      at = end.end
    }
    parts += high === low ? written(low.code) : `${written(low.code)}-${written(high.code)}`
  }
  return { script: known ? `[${negated ? '^' : ''}${parts}]` : null, end: at + 1 }
}

/** One character of a class. */
function letterAt(source: string, at: number): { readonly code: number; readonly end: number } | string {
  if (at >= source.length) return 'is not a valid regular expression: missing closing ]'
  if (source[at] === '\\') return codeAt(source, at)
  const code = source.codePointAt(at) as number
  return { code, end: at + (code > 0xffff ? 2 : 1) }
}

/** What a backslash outside a class means, or why RE2 rejects it. */
export function escapeAt(source: string, at: number): Piece | string {
  const letter = source[at + 1] ?? ''
  const group = Object.hasOwn(perl, letter.toLowerCase()) ? perl[letter.toLowerCase()] : undefined
  if (group !== undefined) return { script: `[${letter === letter.toLowerCase() ? '' : '^'}${group}]`, end: at + 2 }
  const one = codeAt(source, at)
  return typeof one === 'string' ? one : { script: written(one.code), end: one.end }
}

function codeAt(source: string, at: number): { readonly code: number; readonly end: number } | string {
  const letter = source[at + 1]
  if (letter === undefined) return 'is not a valid regular expression: trailing backslash'
  for (const form of [hex, octal]) {
    form.lastIndex = at
    const found = form.exec(source)
    if (found === null) continue
    const code = Number.parseInt((found[1] ?? found[2]) as string, form === hex ? 16 : 8)
    if (code <= 0x10ffff) return { code, end: form.lastIndex }
  }
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined
  if (control !== undefined) return { code: control, end: at + 2 }
  if (/[1-9]/.test(letter)) return 'has a backreference, which RE2 does not support'
  const code = source.codePointAt(at + 1) as number
  if (/[a-zA-Z]/.test(letter) || code > 0x7f)
    return `uses the escape \\${String.fromCodePoint(code)}, which RE2 does not support`
  return { code, end: at + 2 }
}

/** A class such as `\pL` or `\p{Greek}`, or why RE2 rejects it. */
export function unicodeAt(source: string, at: number): Piece | string {
  unicode.lastIndex = at
  const found = unicode.exec(source)
  if (found === null) return 'has a class \\p without a name'
  const [whole, letter, turned = '', braced, bare] = found
  const name = braced ?? (bare as string)
  const asked = name === 'Any' ? name : [`General_Category=${name}`, `Script=${name}`].find(isProperty)
  if (asked === undefined) return `uses the class ${whole}, which RE2 does not support`
  const not = (letter === 'P') !== (turned === '^')
  return { script: `\\${not ? 'P' : 'p'}{${asked}}`, end: unicode.lastIndex }
}

function isProperty(property: string): boolean {
  try {
    new RegExp(`\\p{${property}}`, 'u')
    return true
  } catch {
    return false
  }
}

/** A character as it can be written anywhere in an expression with the flag u. */
const written = (code: number) =>
  /[0-9A-Za-z_]/.test(String.fromCodePoint(code)) ? String.fromCodePoint(code) : `\\u{${code.toString(16)}}`
