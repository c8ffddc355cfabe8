import { milliseconds } from '../../definitions/language/duration.ts'

/** Go reads `5.` as a number, the grammar does not: the dot becomes a space, so that positions stay. */
export const withoutTrailingDots = (text: string): string =>
  text.replace(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*|([0-9])\.(?![0-9a-zA-Z_])/g,
    (found, digit: string | undefined) => (digit === undefined ? found : `${digit} `),
  )

/** The value of a number as Prometheus reads it: decimal, hexadecimal, octal, Inf, NaN, or a duration in seconds. */
export function numberOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  const bare = text
    .replace(/^[+-]\s*/, '')
    .trim()
    .toLowerCase()
  const time = /[a-z]/.test(bare) ? milliseconds(bare) : null
  if (time !== null) return (sign * time) / 1000
  if (bare === 'inf') return sign * Infinity
  if (bare === 'nan') return Number.NaN
  const digits = bare.replaceAll('_', '')
  if (/^0[0-7]+$/.test(digits)) return sign * Number.parseInt(digits, 8)
  return sign * Number(digits)
}
