import { bytes, percent, seconds, type Unit } from '../../definitions/language/unit.ts'
import { durationWords } from './duration-words.ts'

/** A number with its unit as a person reads it: 0.8 of a ratio is `80 %`, 172800 seconds are `2 days`. */
export function quantityText(value: number, unit: Unit<string>): string {
  if (!Number.isFinite(value)) return String(value)
  switch (unit.dim) {
    case 'ratio':
      return unit.num === unit.den ? `${short(inUnit(value, unit, percent))} %` : withSymbol(value, unit)
    case 'time':
      return timeText(inUnit(value, unit, seconds), value, unit)
    case 'bytes':
      return bytesText(inUnit(value, unit, bytes))
    default:
      return withSymbol(value, unit)
  }
}

function timeText(inSeconds: number, value: number, unit: Unit<string>): string {
  const millis = Math.round(inSeconds * 1000)
  const exact = Math.abs(millis / 1000 - inSeconds) < 1e-9
  return exact && millis > 0 ? durationWords(millis) : withSymbol(value, unit)
}

function bytesText(value: number): string {
  const step = sizes.find(([size]) => Math.abs(value) >= size && Number.isInteger((value / size) * 100))
  const [size, symbol] = step ?? [1, 'B']
  return `${short(value / size)} ${symbol}`
}
const sizes = [
  [2 ** 40, 'TiB'],
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
] as const

function withSymbol(value: number, { symbol }: Unit<string>): string {
  if (symbol === '') return short(value)
  return symbol.startsWith('/') ? `${short(value)}${symbol}` : `${short(value)} ${symbol}`
}

const inUnit = (value: number, from: Unit<string>, to: Unit<string>) =>
  (value * from.num * to.den) / (from.den * to.num)
/** Without the noise of binary fractions. */
const short = (value: number) => String(Number(value.toPrecision(12)))
