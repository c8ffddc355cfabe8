import type { Window } from '../duration.ts'
import type { Mistake } from '../mistake.ts'
import { binary, call, number } from '../node.ts'
import { flag, type Quantity, score, seconds, timestamp, type Unit } from '../unit.ts'
import { mixed } from './dimension.ts'
import { callExpression, type Expression, expression, stringArgument } from './expression.ts'
import { labelDefects, regexDefects } from './matcher.ts'
import { rescale, shareDefects } from './result.ts'
import type { Carries, Condition, Scalar, Values, Vector } from './vector.ts'

const asExpression = (of: unknown): Expression => of as Expression

type Bucketed<S> = S extends { readonly buckets: true }
  ? S
  : S extends { readonly kind: 'histogram' }
    ? Mistake<'a quantile is taken over a window: histogram_quantile(q, rate(metric, "5m"))'>
    : Mistake<'histogram_quantile() needs the buckets of a histogram: rate(histogram, "5m")'>
/** The quantile q (0 to 1) of the observations of a histogram, interpolated within its bucket. */
export function histogram_quantile<S>(
  q: number,
  of: Bucketed<S>,
): S extends Carries<infer L extends string, infer D extends string> ? Vector<L, D> : never {
  const buckets = asExpression(of)
  return callExpression('histogram_quantile', buckets, [number(q), buckets.node], buckets.unit, {
    defects: [...buckets.defects, ...shareDefects('histogram_quantile', q)],
  }) as never
}
type Existing<S> = S extends { readonly kind: 'histogram' }
  ? Mistake<'a histogram has no series under its own name: give its .count'>
  : S extends { readonly kind: string; where(matchers: never): unknown }
    ? S
    : Mistake<'absent() asks whether a metric of a catalogue exists, or a recorded series'>
type MatchersOf<S> = S extends { where(matchers: infer M): unknown } ? M : never
type AskedLabels<A> = { [K in keyof A]-?: A[K] extends string ? K & string : never }[keyof A]
type OnlyKnown<A, M> = keyof A extends keyof M
  ? A extends M
    ? A
    : M
  : Mistake<'the metric has no such label', { unknown: Exclude<keyof A, keyof M> }>

/** 1 if no such series exists, with the labels that are matched by equality: `absent(metrics.up, { job: 'mcbot' })`. */
export const absent = <S, const A extends object = {}>(
  of: Existing<S>,
  asked?: OnlyKnown<A, MatchersOf<S>>,
): Condition<AskedLabels<A>, 'flag'> => absence('absent', of, asked)
/** 1 if no such series had a sample in the window. */
export const absent_over_time = <S, const A extends object = {}>(
  of: Existing<S>,
  window: Window,
  asked?: OnlyKnown<A, MatchersOf<S>>,
): Condition<AskedLabels<A>, 'flag'> => absence('absent_over_time', of, asked, window)
function absence(fn: string, given: unknown, asked: unknown, window?: Window): never {
  const of = asExpression(given).where({ ...(asked as object) })
  const labels = of.node.kind === 'selector' ? of.node.matchers.filter((m) => m.op === '=').map((m) => m.label) : []
  const ranged = window === undefined ? of : of.over(window)
  return callExpression(fn, ranged, [ranged.node], flag, { kind: 'condition', labels }) as never
}

/** The evaluation time, in seconds since 1970. */
export const time = (): Scalar<'timestamp'> =>
  expression({ kind: 'scalar', node: call('time'), unit: timestamp }) as never
/** A number as a vector with one series without labels. */
export const vector = <const S extends number | Scalar<string>>(
  value: S,
): Vector<never, S extends Scalar<infer D> ? D : 'count'> =>
  expression(
    typeof value === 'number'
      ? { kind: 'vector', node: call('vector', number(value)) }
      : { kind: 'vector', node: call('vector', value.node), unit: value.unit },
  ) as never
/** How long ago a timestamp was: `time() - x`. */
export const ageOf = <L extends string>(of: Values<L, 'timestamp'>): Vector<L, 'time'> => {
  const stamp = asExpression(of)
  return expression({
    kind: 'vector',
    node: binary('-', call('time'), rescale(stamp.node, stamp.unit, timestamp)),
    unit: seconds,
    labels: stamp.labels,
    defects: stamp.defects,
  }) as never
}
/** The timestamp of each series' sample. */
export const timestampOf = <L extends string, D extends string>(of: Values<L, D>): Vector<L, 'timestamp'> =>
  callExpression('timestamp', asExpression(of), [of.node], timestamp) as never

type Each = <L extends string, D extends string>(of: Values<L, D>) => Vector<L, D>
const each =
  (fn: string): Each =>
  (of) =>
    callExpression(fn, asExpression(of), [of.node], of.unit) as never
export const abs = each('abs')
export const ceil = each('ceil')
export const floor = each('floor')
export const sort = each('sort')
export const sort_desc = each('sort_desc')

type Toward = <L extends string>(of: Values<L, string>) => Vector<L, 'mixed'>
const numeric =
  (fn: string): Toward =>
  (of) =>
    callExpression(fn, asExpression(of), [of.node], mixed) as never
export const ln = numeric('ln')
export const log2 = numeric('log2')
export const log10 = numeric('log10')
export const exp = numeric('exp')
export const sqrt = numeric('sqrt')
/** -1, 0 or 1. */
export const sgn = <L extends string>(of: Values<L, string>): Vector<L, 'score'> =>
  callExpression('sgn', asExpression(of), [of.node], score) as never

type Bound<D extends string> = Quantity<D> | (D extends 'count' | 'mixed' ? number : never)
const bound = (of: { readonly unit: Unit<string> }, limit: Quantity<string> | number) =>
  number(
    typeof limit === 'number' ? limit : (limit.value * limit.unit.num * of.unit.den) / (limit.unit.den * of.unit.num),
  )
export const clamp = <L extends string, D extends string>(
  of: Values<L, D>,
  least: Bound<NoInfer<D>>,
  most: Bound<NoInfer<D>>,
): Vector<L, D> =>
  callExpression('clamp', asExpression(of), [of.node, bound(of, least), bound(of, most)], of.unit) as never
export const clamp_min = <L extends string, D extends string>(
  of: Values<L, D>,
  least: Bound<NoInfer<D>>,
): Vector<L, D> => callExpression('clamp_min', asExpression(of), [of.node, bound(of, least)], of.unit) as never
export const clamp_max = <L extends string, D extends string>(
  of: Values<L, D>,
  most: Bound<NoInfer<D>>,
): Vector<L, D> => callExpression('clamp_max', asExpression(of), [of.node, bound(of, most)], of.unit) as never
/** To the nearest multiple. */
export const round = <L extends string, D extends string>(of: Values<L, D>, to: Bound<NoInfer<D>>): Vector<L, D> =>
  callExpression('round', asExpression(of), [of.node, bound(of, to)], of.unit) as never

/** Sets a label from a match of a regular expression, anchored at both ends, in another label. */
export const label_replace = <L extends string, D extends string, const N extends string>(
  of: Values<L, D>,
  to: N,
  value: string,
  source: NoInfer<L>,
  regex: RegExp,
): Vector<L | N, D> =>
  callExpression(
    'label_replace',
    asExpression(of),
    [of.node, stringArgument(to), stringArgument(value), stringArgument(source), stringArgument(regex.source)],
    of.unit,
    {
      labels: [...of.labels, to],
      defects: [...of.defects, ...labelDefects('label_replace', to), ...regexDefects('label_replace', regex)],
    },
  ) as never
/** Sets a label to the joined values of others. */
export const label_join = <L extends string, D extends string, const N extends string>(
  of: Values<L, D>,
  to: N,
  separator: string,
  ...sources: NoInfer<L>[]
): Vector<L | N, D> =>
  callExpression(
    'label_join',
    asExpression(of),
    [of.node, stringArgument(to), stringArgument(separator), ...sources.map(stringArgument)],
    of.unit,
    {
      labels: [...of.labels, to],
      defects: [...of.defects, ...labelDefects('label_join', to)],
    },
  ) as never
