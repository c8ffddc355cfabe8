const keywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield self'
  ).split(' '),
)

/** A text as a Python literal: Python reads JSON escapes the same way. */
export const stringLiteral = (value: string): string => JSON.stringify(value)

/** A tuple of literals, even of a single one. */
export const tuple = (values: readonly (string | number)[]): string =>
  `(${values.map((value) => (typeof value === 'number' ? `${value}` : stringLiteral(value))).join(', ')}${values.length === 1 ? ',' : ''})`

/** A valid Python name: a keyword, or a name that begins with a digit, gets an underscore. */
export function identifier(name: string): string {
  if (/^\d/.test(name)) return `_${name}`
  return keywords.has(name) ? `${name}_` : name
}

/** `orders_total` as a class name. */
export const className = (key: string): string =>
  key
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
