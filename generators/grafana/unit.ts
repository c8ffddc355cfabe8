import type { Unit } from '../../definitions/language/unit.ts'

/** A unit as Grafana knows it. */
export interface Shape {
  readonly id: string
  /** What a value is multiplied with before Grafana can read it. */
  readonly factor: number
  readonly decimals: number | null
}

/** The Grafana unit of a value; own currencies and coins stand behind the number. */
export function shapeOf(unit: Unit<string>): Shape {
  if (unit.dim === 'timestamp') return shape('dateTimeAsIso', (1000 * unit.num) / unit.den)
  if (unit.dim === 'flag') return { ...shape('none'), decimals: 0 }
  return shape(idOf(unit))
}

const shape = (id: string, factor = 1): Shape => ({ id, factor, decimals: null })

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
    case 'usd':
      return 'currencyUSD'
    case 'krw':
      return 'currencyKRW'
    case 'count':
    case 'mixed':
    case 'time/s': // Seconds a second are a plain number: so many processors.
      return 'short'
    default:
      return named(unit)
  }
}

/** The unit's own symbol behind the number. */
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
