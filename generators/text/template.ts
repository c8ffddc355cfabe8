import type { HoleData, Text, ValueFormat } from '../../definitions/language/text.ts'
import { bps, bytes, percent, ratio, seconds, timestamp, type Unit } from '../../definitions/language/unit.ts'

// Prometheus' templates have no arithmetic: to scale a value, the template queries Prometheus for the product.

/** A text as a template of a Prometheus annotation; `unit` is that of the alert's value. */
export const template = (text: Text, unit: Unit<string>): string =>
  text.text.map((part) => (typeof part === 'string' ? literal(part) : hole(part, unit))).join('')

/** Text that a template prints unchanged. */
export const literal = (words: string): string => words.replace(/\{{2,}|\{$/g, (braces) => `{{ "${braces}" }}`)

/** The value of an alert as a template: a number and its unit, as a person reads it. */
export function valueTemplate(as: ValueFormat, unit: Unit<string>): string {
  switch (as) {
    case 'percent':
      return isSame(unit, ratio)
        ? `{{ reReplaceAll "%$" " %" (humanizePercentage $value) }}`
        : `{{ printf "%.4g %%" ${scaled(unit, percent)} }}`
    case 'bps':
      return `{{ printf "%.4g bp" ${scaled(unit, bps)} }}`
    case 'duration':
      return `{{ humanizeDuration ${scaled(unit, seconds)} }}`
    case 'iec':
      return `{{ humanize1024 ${scaled(unit, bytes)} }}B`
    case 'fixed':
      return `{{ printf "%.${decimals[unit.dim] ?? 2}f" $value }}${symbol(unit)}`
    case 'date':
      return `{{ (toTime ${scaled(unit, timestamp)}).UTC.Format "2006-01-02 15:04" }} UTC`
    case 'plain':
      return plain(unit)
  }
}

function hole(data: HoleData, unit: Unit<string>): string {
  if (data.from === 'value') return valueTemplate(data.as, unit)
  return /^[a-zA-Z_]\w*$/.test(data.name)
    ? `{{ $labels.${data.name} }}`
    : `{{ index $labels ${JSON.stringify(data.name)} }}`
}

/** Decimals of an amount of money. */
const decimals: Readonly<Record<string, number>> = { usdt: 2, usd: 2, krw: 0 }

function plain(unit: Unit<string>): string {
  switch (unit.dim) {
    case 'ratio':
      return valueTemplate(isSame(unit, bps) ? 'bps' : 'percent', unit)
    case 'time':
      return valueTemplate('duration', unit)
    case 'timestamp':
      return valueTemplate('date', unit)
    case 'bytes':
      return valueTemplate('iec', unit)
    case 'bytes/s':
      return `{{ humanize1024 ${scaled(unit, bytes)} }}B/s`
    case 'usdt':
    case 'usd':
    case 'krw':
      return valueTemplate('fixed', unit)
    case 'count':
      // at most two decimals, none if they are zeros: 5123 and 1.03
      return `{{ reReplaceAll "\\\\.?0+$" "" (printf "%.2f" $value) }}${symbol(unit)}`
    case 'coins':
      return `{{ printf "%.6g" $value }}${symbol(unit)}`
    default:
      return `{{ printf "%.4g" $value }}${symbol(unit)}`
  }
}

const symbol = ({ symbol }: Unit<string>) =>
  symbol === '' ? '' : symbol.startsWith('/') ? literal(symbol) : ` ${literal(symbol)}`

const isSame = (a: Unit<string>, b: Unit<string>) => a.num * b.den === b.num * a.den

/** The value in another unit of its dimension. */
function scaled(from: Unit<string>, to: Unit<string>): string {
  if (isSame(from, to)) return '$value'
  const [num, den] = reduced(from.num * to.den, from.den * to.num)
  const by = `${num === 1 ? '' : ` * ${num}`}${den === 1 ? '' : ` / ${den}`}`
  return `(query (printf "vector(%v${by})" $value) | first | value)`
}

function reduced(num: number, den: number): readonly [number, number] {
  const common = divisor(num, den)
  return [num / common, den / common]
}
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
