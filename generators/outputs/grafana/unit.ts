import type { Unit } from '../../../definitions/language/unit.ts'

/** A unit in Grafana's terms. */
export interface Shape {
  readonly id: string
  /** What a value is multiplied by before Grafana reads it. */
  readonly factor: number
  readonly decimals: number | null
  /** The unit in the header of a table column; empty if the cells show it. */
  readonly header: string
}

/** The Grafana unit of a value; custom currencies and coins follow the number. `abbreviated` writes 7.01 B for large values. */
export function shapeOf(unit: Unit<string>, abbreviated = false): Shape {
  if (unit.dim === 'timestamp') return shape('dateTimeAsIso', { factor: (1000 * unit.num) / unit.den })
  if (unit.dim === 'flag') return shape('none', { decimals: 0 })
  // Counts show every digit; for fractions, which rates produce, one decimal is enough.
  if (unit.dim === 'count') return abbreviated ? shape('short') : shape('locale', { decimals: 1 })
  const money = monies.get(unit.dim)
  if (money !== undefined && unit.num === unit.den)
    return shape(abbreviated ? money.short : money.whole, { header: unit.symbol })
  return shape(idOf(unit))
}

const shape = (id: string, more: Partial<Shape> = {}): Shape => ({ id, factor: 1, decimals: null, header: '', ...more })

/** Money shows every digit, in groups of three. */
const monies: ReadonlyMap<string, { readonly whole: string; readonly short: string }> = new Map([
  ['usdt', { whole: 'currency:financial: USDT:suffix', short: 'count:USDT' }],
  ['usd', { whole: 'currency:financial:$', short: 'currencyUSD' }],
  ['krw', { whole: 'currency:financial:₩', short: 'currencyKRW' }],
])

function idOf(unit: Unit<string>): string {
  const scale = unit.num / unit.den
  switch (unit.dim) {
    case 'time':
      return times.get(scale) ?? named(unit)
    case 'bytes':
      return byteSizes.get(scale) ?? named(unit)
    case 'bytes/s':
      return scale === 1 ? 'binBps' : named(unit)
    case 'ratio':
      return scale === 1 ? 'percentunit' : scale === 0.01 ? 'percent' : named(unit)
    case 'mixed':
    case 'time/s': // Seconds per second are a plain number: how many processors are busy.
      return 'short'
    default:
      return named(unit)
  }
}

/** The unit's own symbol after the number. */
const named = ({ symbol }: Unit<string>) => (symbol === '' ? 'none' : `suffix:${symbol}`)

const times: ReadonlyMap<number, string> = new Map([
  [1, 's'],
  [1 / 1000, 'ms'],
  [60, 'm'],
  [3600, 'h'],
  [86_400, 'd'],
])
const byteSizes: ReadonlyMap<number, string> = new Map([
  [1, 'bytes'],
  [2 ** 10, 'kbytes'],
  [2 ** 20, 'mbytes'],
  [2 ** 30, 'gbytes'],
])
