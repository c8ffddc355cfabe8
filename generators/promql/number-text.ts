import { durationText, milliseconds } from '../../definitions/language/duration.ts'

/** The value of a number as Prometheus reads it: decimal, hexadecimal, octal, Inf, NaN, or a duration in seconds. */
export function numberOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  const bare = text
    .replace(/^[+-](?:\s|#[^\r\n]*)*/, '')
    .trim()
    .toLowerCase()
  const time = milliseconds(bare)
  if (time !== null) return (sign * time) / 1000
  if (bare === 'inf') return sign * Infinity
  if (bare === 'nan') return Number.NaN
  const digits = bare.replaceAll('_', '')
  // an octal number that does not fit into 63 bits is read as decimal
  if (/^0[0-7]+$/.test(digits)) {
    const octal = BigInt(`0o${digits}`)
    if (octal < 2n ** 63n) return sign * Number(octal)
  }
  return sign * Number(digits)
}

/** Seconds as the text of a duration, with its sign; null if they do not fit into Prometheus' 63 bits of nanoseconds. */
export function durationOf(seconds: number): string | null {
  if (!(Math.abs(seconds) < 9_223_372_036.854)) return null
  return `${seconds < 0 ? '-' : ''}${durationText(Math.round(Math.abs(seconds) * 1000))}`
}
