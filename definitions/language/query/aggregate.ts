import { fault } from '../fault.ts'
import type { Mistake } from '../mistake.ts'
import { number, string } from '../node.ts'
import { aggregated, changed, type Expression } from './expression.ts'
import { labelFaults } from './matcher.ts'
import { shareFaults } from './result.ts'
import type { Aggregation, BucketSum, Carries, Kept, Vector } from './vector.ts'

type Summable<S> = S extends { readonly kind: 'counter' | 'histogram' }
  ? Mistake<'sum of rates, not of counters: sum(rate(x, "5m"))'>
  : S
type Summed<S> =
  S extends Carries<infer L extends string, infer D extends string>
    ? S extends { readonly buckets: true }
      ? BucketSum<L, D>
      : Aggregation<L, D>
    : never
type Ordered<S> = S extends { readonly kind: 'counter' | 'histogram' }
  ? Mistake<'aggregate rates, not counters: max(rate(x, "5m"))'>
  : S extends { readonly buckets: true }
    ? Mistake<'these are buckets: sum() or histogram_quantile(q, ...) first'>
    : S
type As<S, D2 extends string> = S extends Carries<infer L extends string, string> ? Aggregation<L, D2> : never
type Reduced<S> = S extends Carries<infer L extends string, infer D extends string> ? Aggregation<L, D> : never

const over = (op: string, of: unknown): never => aggregated(op, of as Expression) as never

/** Sums series; keeps `bot` and `env`, and further labels with `.by()`. */
export const sum = <S>(of: Summable<S>): Summed<S> => over('sum', of)
export const max = <S>(of: Ordered<S>): Reduced<S> => over('max', of)
export const min = <S>(of: Ordered<S>): Reduced<S> => over('min', of)
export const avg = <S>(of: Ordered<S>): Reduced<S> => over('avg', of)
export const stddev = <S>(of: Ordered<S>): Reduced<S> => over('stddev', of)
export const stdvar = <S>(of: Ordered<S>): As<S, 'mixed'> => over('stdvar', of)
/** Counts the series. */
export const count = <S>(of: Ordered<S>): As<S, 'count'> => over('count', of)
/** 1 for each group. */
export const group = <S>(of: Ordered<S>): As<S, 'flag'> => over('group', of)

/** The quantile q (0 to 1) over the values of the series; for observations of a histogram use histogram_quantile(). */
export const quantile = <S>(q: number, of: Ordered<S>): Reduced<S> => {
  const expression = of as Expression
  const faults = [...expression.faults, ...shareFaults('quantile', q)]
  return aggregated('quantile', changed(expression, { faults }), number(q)) as never
}
/** Counts the series by value, with the value in a label. */
export const count_values = <const N extends string, S>(
  label: N,
  of: Ordered<S>,
): S extends Carries<infer L extends string, string> ? Valued<L, N> : never => {
  const expression = of as Expression
  const faults = [...expression.faults, ...labelFaults('count_values', label)]
  return aggregated('count_values', changed(expression, { faults }), string(label)) as never
}
interface Valued<in out L extends string, in out N extends string> extends Vector<Extract<L, Kept> | N, 'count'> {
  by<const B extends L>(...labels: B[]): Vector<B | Extract<L, Kept> | N, 'count'>
}

interface Picked<in out L extends string, in out D extends string> extends Vector<L, D> {
  /** Takes k from each of these groups, within each bot and environment. */
  by<const B extends L>(...labels: B[]): Vector<L, D>
}
type PickedOf<S> = S extends Carries<infer L extends string, infer D extends string> ? Picked<L, D> : never
/** The k series with the highest values, with all their labels. */
export const topk = <S>(k: number, of: Ordered<S>): PickedOf<S> => picked('topk', k, of)
/** The k series with the lowest values, with all their labels. */
export const bottomk = <S>(k: number, of: Ordered<S>): PickedOf<S> => picked('bottomk', k, of)
function picked(fn: string, k: number, of: unknown): never {
  const expression = of as Expression
  const wrong = fault('count', `${fn}: k is ${k}, expected a whole number of at least 1`, 'give the number of series')
  const faults = Number.isSafeInteger(k) && k >= 1 ? expression.faults : [...expression.faults, wrong]
  return aggregated(fn, changed(expression, { faults }), number(k)) as never
}
