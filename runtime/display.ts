const longest = 40

/** A value from outside, printed for a message: quoted, short, and without running any of its code. */
export function display(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return Number.isFinite(value) ? `${value} (number)` : `${value}`
    case 'boolean':
      return `${value} (boolean)`
    case 'bigint':
      return `${value}n (bigint)`
    case 'undefined':
      return 'undefined'
    case 'object':
      return value === null ? 'null' : 'an object'
    case 'function':
      return 'a function'
    case 'symbol':
      return 'a symbol'
  }
}

/** The text in quotes on one line, shortened if long. */
export const quote = (text: string): string =>
  text.length > longest ? `'${inOneLine(text.slice(0, longest))}…'` : `'${inOneLine(text)}'`

const inOneLine = (text: string): string => JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')

/** `'a', 'b', 'c'`, shortened if there are many. */
export const quoteList = (texts: readonly string[]): string =>
  texts.length > 12
    ? `${texts
        .slice(0, 12)
        .map((text) => quote(text))
        .join(', ')} … (${texts.length} in all)`
    : texts.map((text) => quote(text)).join(', ')
