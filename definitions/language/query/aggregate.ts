import { defect } from '../defect.ts'
import type { Mistake } from '../mistake.ts'
import { number, string } from '../node.ts'
import { aggregateExpression, derive, type Expression } from './expression.ts'
import { labelDefects } from './matcher.ts'
import { shareDefects } from './result.ts'
import type { Aggregation, BucketSum, Carries, KeptLabel, Vector } from './vector.ts'

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

const over = (op: string, of: unknown): never => aggregateExpression(op, of as Expression) as never

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
  const defects = [...expression.defects, ...shareDefects('quantile', q)]
  return aggregateExpression('quantile', derive(expression, { defects }), number(q)) as never
}
/** Counts the series by value, with the value in a label. */
export const count_values = <const N extends string, S>(
  label: N,
  of: Ordered<S>,
): S extends Carries<infer L extends string, string> ? Valued<L, N> : never => {
  const expression = of as Expression
  const defects = [...expression.defects, ...labelDefects('count_values', label)]
  return aggregateExpression('count_values', derive(expression, { defects }), string(label)) as never
}
interface Valued<in out L extends string, in out N extends string> extends Vector<Extract<L, KeptLabel> | N, 'count'> {
  by<const B extends L>(...labels: B[]): Vector<B | Extract<L, KeptLabel> | N, 'count'>
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
  const wrong = defect('count', `${fn}: k is ${k}, expected a whole number of at least 1`, 'give the number of series')
  const defects = Number.isSafeInteger(k) && k >= 1 ? expression.defects : [...expression.defects, wrong]
  return aggregateExpression(fn, derive(expression, { defects }), number(k)) as never
}
