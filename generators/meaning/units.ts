import type { Op } from '../../definitions/language/node.ts'
import { isPlain, minus, mixed, over, perSecondUnit, times } from '../../definitions/language/query/dimension.ts'
import { flag, items, ratio, score, timestamp, type Unit } from '../../definitions/language/unit.ts'
import type { Meaning } from './meaning.ts'

type Measure = Pick<Meaning, 'unit' | 'toScale'>

/** The unit of a function's result, by the rules of the builder; null if unknown. */
export function callUnit(fn: string, of: Meaning | undefined): Measure {
  const { unit, toScale } = of ?? { unit: null, toScale: true }
  const as = (made: Unit<string> | null): Measure => ({ unit: made, toScale: made === unit ? toScale : true })
  const from = (change: (unit: Unit<string>) => Unit<string>): Measure => ({
    unit: unit === null ? null : change(unit),
    toScale,
  })
  switch (fn) {
    case 'rate':
    case 'irate':
    case 'deriv':
      return from(perSecondUnit)
    case 'delta':
    case 'idelta':
      return from(minus)
    case 'changes':
    case 'resets':
    case 'count_over_time':
    case 'histogram_count':
      return as(items)
    case 'present_over_time':
    case 'absent':
    case 'absent_over_time':
      return as(flag)
    case 'time':
    case 'timestamp':
      return as(timestamp)
    case 'sgn':
      return as(score)
    case 'histogram_fraction':
      return as(ratio)
    case 'histogram_quantile':
      return as(of?.buckets?.unit ?? null)
    default:
      if (kept.has(fn)) return { unit, toScale }
      if (counted.has(fn)) return as(items)
      return unit === null ? { unit: null, toScale: true } : as(mixed)
  }
}
const kept = new Set(
  'abs ceil floor round clamp clamp_min clamp_max sort sort_desc sort_by_label sort_by_label_desc increase avg_over_time min_over_time max_over_time sum_over_time last_over_time first_over_time stddev_over_time mad_over_time quantile_over_time predict_linear label_replace label_join scalar vector info'.split(
    ' ',
  ),
)
const counted = new Set('minute hour day_of_week day_of_month day_of_year days_in_month month year'.split(' '))

/** The unit of an aggregation's result. */
export const aggregateUnit = (op: string, of: Meaning): Measure => {
  if (op === 'count' || op === 'count_values') return { unit: items, toScale: true }
  if (op === 'group') return { unit: flag, toScale: true }
  return op === 'stdvar' ? { unit: mixed, toScale: true } : { unit: of.unit, toScale: of.toScale }
}

/** The unit of an operator's result; a bare number takes the other side's unit, and as a factor makes the scale unknown. */
export function binaryUnit(op: Op, bool: boolean, left: Meaning, right: Meaning): Measure {
  const [a, b] = [left.unit, right.unit]
  const toScale = left.toScale && right.toScale
  if (bool) return { unit: flag, toScale: true }
  switch (op) {
    case '+':
    case '-':
      if (a === null || b === null) return { unit: a ?? b, toScale }
      return { unit: a.dim !== b.dim ? mixed : op === '-' ? minus(a) : a, toScale }
    case '*':
      return { unit: a === null || b === null ? (a ?? b) : times(a, b), toScale: toScale && a !== null && b !== null }
    case '/':
      if (b === null) return { unit: a, toScale: false }
      return { unit: over(a ?? items, b), toScale: toScale && a !== null }
    case '^':
      return { unit: a === null ? null : isPlain(a.dim) ? a : mixed, toScale: false }
    case 'atan2':
      return { unit: a === null && b === null ? null : mixed, toScale: true }
    case 'and':
    case 'unless':
      return { unit: a, toScale: left.toScale }
    case 'or':
      if (a === null || b === null) return { unit: a ?? b, toScale }
      return { unit: a.dim === b.dim ? a : mixed, toScale }
    default:
      return {
        unit: left.type === 'scalar' ? (b ?? a) : (a ?? b),
        toScale: left.type === 'scalar' ? right.toScale : left.toScale,
      }
  }
}
