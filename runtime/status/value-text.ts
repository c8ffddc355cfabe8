import type { Unit } from '../../definitions/language/unit.ts'

const number = (value: number, least: number, most: number): string =>
  // Rounding must not produce a negative zero.
  (value === 0 ? 0 : value)
    .toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: most })
    .replace(/^-(0(?:\.0*)?)$/, '$1')
    .replace('-', '−')

const withSymbol = (text: string, symbol: string): string => (symbol === '' ? text : `${text} ${symbol}`)

/** Formats a value in its unit for a person; `now`, in milliseconds since 1970, is for timestamps. */
export function valueText(value: number, unit: Unit<string>, now: number): string {
  const base = (value * unit.num) / unit.den
  switch (unit.dim) {
    case 'time':
      return elapsedText(base)
    case 'timestamp':
      return base <= 0 ? 'never' : agoText(now / 1000 - base)
    case 'bytes':
      return bytesText(base)
    case 'flag':
      return base === 0 ? 'no' : 'yes'
    case 'ratio':
      return unit.symbol === 'bp' ? withSymbol(number(value, 0, 1), 'bp') : withSymbol(number(100 * base, 0, 2), '%')
    case 'usdt':
    case 'usd':
      return withSymbol(number(value, 2, 2), unit.symbol)
    case 'krw':
      return withSymbol(number(value, 0, 0), unit.symbol)
    case 'coins':
      return withSymbol(number(value, 0, 8), unit.symbol)
    default:
      return withSymbol(number(value, 0, Math.abs(value) < 10 ? 4 : 2), unit.symbol)
  }
}

/** More than a second ahead is a clock that was set back meanwhile: 0 ms ago would look like a fresh sign of life. */
const agoText = (seconds: number): string =>
  seconds < -1 ? `${elapsedText(-seconds)} ahead of the clock` : `${elapsedText(Math.max(0, seconds))} ago`

const steps = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** Formats a duration in its two largest units, or in milliseconds below a second. */
export function elapsedText(seconds: number): string {
  const size = Math.abs(seconds)
  if (size < 1) return `${number(seconds * 1000, 0, size < 0.01 ? 1 : 0)}\u00a0ms`
  if (size < 60) return `${number(seconds, 0, size < 10 ? 2 : 1)}\u00a0s`
  const at = steps.findIndex(([, unit]) => size >= unit)
  const [name, unit] = steps[at] as (typeof steps)[number]
  const [less, smaller] = steps[at + 1] as (typeof steps)[number]
  const whole = Math.floor(size / unit)
  const rest = Math.floor((size - whole * unit) / smaller)
  const text = `${whole}\u00a0${name}${rest === 0 ? '' : ` ${rest}\u00a0${less}`}`
  return seconds < 0 ? `−${text}` : text
}

function bytesText(bytes: number): string {
  const at = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.abs(bytes) || 1) / 10)))
  return withSymbol(number(bytes / 1024 ** at, 0, at === 0 ? 0 : 1), ['B', 'KiB', 'MiB', 'GiB', 'TiB'][at] as string)
}
