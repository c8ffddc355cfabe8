import type { Unit } from '../../definitions/language/unit.ts'

/** What a person calls a unit; empty for a plain number. */
export function unitName(unit: Unit<string>): string {
  switch (unit.dim) {
    case 'count':
    case 'score':
    case 'mixed':
      return unit.suffix
    case 'flag':
      return '0 or 1'
    case 'timestamp':
      return 'seconds since 1970'
    case 'ratio':
      return ratios.get(unit.num / unit.den) ?? unit.suffix
    case 'usdt':
    case 'usd':
    case 'krw':
      return unit.symbol
    default:
      return unit.suffix === '' ? unit.symbol : unit.suffix
  }
}

const ratios: ReadonlyMap<number, string> = new Map([
  [1, 'ratio'],
  [1 / 100, 'percent'],
  [1 / 10_000, 'basis points'],
])
