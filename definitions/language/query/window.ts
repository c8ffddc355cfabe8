import { defect } from '../defect.ts'
import { auto, inSeconds, type Window } from '../duration.ts'
import { type TargetLabel, targetLabels } from '../label.ts'
import type { Mistake } from '../mistake.ts'
import { binary, call, type Node, number, selector } from '../node.ts'
import { flag, items, type PerSecond } from '../unit.ts'
import { type Minus, minus, mixed } from './dimension.ts'
import { callExpression, derive, type Expression, windowExpression } from './expression.ts'
import { ageOf } from './functions.ts'
import { shareDefects } from './result.ts'
import type { CounterSeries, GaugeSeries, HistogramSeries } from './series.ts'
import type { Buckets, Range, Values, Vector } from './vector.ts'

type Growing<S> = S extends { readonly kind: 'counter' | 'histogram' }
  ? S
  : S extends { readonly kind: 'gauge' }
    ? Mistake<'this needs a counter, and the metric is a gauge: use deriv(), delta() or max_over_time()'>
    : Mistake<'this needs a counter of the catalogue: rate first, then sum'>
type Names<L> = (keyof L & string) | TargetLabel
type Rated<S> =
  S extends CounterSeries<infer L, infer D>
    ? Vector<Names<L>, PerSecond<D>>
    : S extends HistogramSeries<infer L, infer D, infer _Signed>
      ? Buckets<Names<L>, D>
      : never
type Grown<S> =
  S extends CounterSeries<infer L, infer D>
    ? Vector<Names<L>, D>
    : S extends HistogramSeries<infer L, infer D, infer _Signed>
      ? Buckets<Names<L>, D>
      : never
type Counting<S> = S extends { readonly kind: 'counter' } ? S : Mistake<'this needs a counter of the catalogue'>
type Changing<S> = S extends { readonly kind: 'gauge' }
  ? S
  : S extends { readonly kind: 'counter' }
    ? Mistake<'this needs a gauge, and the metric is a counter: use rate() or increase()'>
    : Mistake<'this needs a gauge of the catalogue'>
type Changed<S> = S extends GaugeSeries<infer L, infer D> ? Vector<Names<L>, D> : never
type ChangedPerSecond<S> = S extends GaugeSeries<infer L, infer D> ? Vector<Names<L>, PerSecond<D>> : never
type ChangedItems<S> = S extends GaugeSeries<infer L, infer _Dimension> ? Vector<Names<L>, 'count'> : never
type Counted<S> = S extends CounterSeries<infer L, infer _Dimension> ? Vector<Names<L>, 'count'> : never

type Difference<S> = S extends GaugeSeries<infer L, infer D> ? Vector<Names<L>, Minus<D>> : never

const asExpression = (of: unknown): Expression => of as Expression

/** Growth per second over the window, corrected for restarts. */
export const rate = <S>(of: Growing<S>, window: Window): Rated<S> =>
  windowExpression('rate', asExpression(of), window, true) as never
/** Growth over the window, corrected for restarts and extrapolated to its ends. */
export const increase = <S>(of: Growing<S>, window: Window): Grown<S> =>
  windowExpression('increase', asExpression(of), window, false) as never
/** Growth per second between the last two samples of the window. */
export const irate = <S>(of: Counting<S>, window: Window): Rated<S> =>
  windowExpression('irate', asExpression(of), window, true) as never
/** How often the counter restarted in the window. */
export const resets = <S>(of: Counting<S>, window: Window): Counted<S> => itemsOver('resets', of, window)
/** How often a gauge changed in the window. */
export const changes = <S>(of: Changing<S>, window: Window): ChangedItems<S> => itemsOver('changes', of, window)
/** Difference between the ends of the window, extrapolated. */
export const delta = <S>(of: Changing<S>, window: Window): Difference<S> => difference('delta', of, window)
/** Difference between the last two samples of the window. */
export const idelta = <S>(of: Changing<S>, window: Window): Difference<S> => difference('idelta', of, window)
/** Slope per second of a straight line through the window. */
export const deriv = <S>(of: Changing<S>, window: Window): ChangedPerSecond<S> =>
  windowExpression('deriv', asExpression(of), window, true) as never
/** The value of that line in `ahead` seconds. */
export const predict_linear = <S>(of: Changing<S>, window: Window, ahead: number): Changed<S> => {
  const made = windowExpression('predict_linear', asExpression(of), window, false)
  const args = made.node.kind === 'call' ? made.node.args : []
  return derive(made, { node: call('predict_linear', ...args, number(ahead)) }) as never
}

/**
 * Like increase(), but counts a series younger than the window from zero: a series that starts at 1 has no increase, so the first
 * event of a new label value would be missed. A series is young if its target was scraped at the start of the window but did not
 * expose it, so a gap in Prometheus' own history does not make anything look new.
 *
 * With `startedAt`, the time at which each process started, all that a process younger than the window has counted is new as well:
 * an event before its first scrape counts, also after a long downtime, and also if the counter was just as high before a restart.
 * What is counted right before an exit, after the last scrape, is lost: that needs a gauge which the bot keeps over a restart.
 */
export const increaseFromZero = <S>(
  of: Counting<S>,
  window: Window,
  startedAt?: Values<TargetLabel, 'timestamp'>,
): Grown<S> => {
  const born = asExpression(of)
  const grown = windowExpression('increase', born, window, false)
  if (born.node.kind !== 'selector' || born.node.offset !== null)
    return derive(grown, {
      defects: [...grown.defects, defect('offset', 'increaseFromZero() sets its own offset', 'remove offset()')],
    }) as never
  const then = Object.freeze({ ...born.node, offset: window })
  // After a failed scrape `up` is 0 and every series of the target is absent for that moment.
  const scrapedThen = binary('==', Object.freeze({ ...selector('up'), offset: window }), number(1))
  const isNew = binary('and', binary('unless', born.node, then), scrapedThen, sameTarget)
  // The increase is larger if the counter began again within the window, and had counted more before.
  const fromZero = (young: Node) =>
    binary('or', binary('unless', young, binary('>=', grown.node, born.node)), grown.node)
  if (startedAt === undefined) return derive(grown, { node: fromZero(isNew) }) as never
  const age = asExpression(ageOf(startedAt))
  const ofNewProcess = binary('and', born.node, binary('<', age.node, number(inSeconds(window))), sameTarget)
  const wrong =
    window === auto
      ? [
          defect(
            'window',
            'increaseFromZero() compares the age of the process with its window, which follows the zoom of a panel',
            "write the window as a duration, such as '5m'",
          ),
        ]
      : []
  return derive(grown, {
    node: fromZero(binary('or', isNew, ofNewProcess)),
    defects: [...grown.defects, ...age.defects, ...wrong],
  }) as never
}
const sameTarget = Object.freeze({ word: 'on', labels: targetLabels, group: null, include: Object.freeze([]) } as const)

function difference(fn: string, of: unknown, window: Window): never {
  const made = windowExpression(fn, asExpression(of), window, false)
  return derive(made, { unit: minus(made.unit) }) as never
}

function itemsOver(fn: string, of: unknown, window: Window): never {
  const made = windowExpression(fn, asExpression(of), window, false)
  return derive(made, { unit: items }) as never
}

type OverTime = <L extends string, D extends string>(range: Range<L, D>) => Vector<L, D>
const overTime =
  (fn: string): OverTime =>
  (range) => {
    const of = asExpression(range)
    return callExpression(fn, of, [of.node], of.unit) as never
  }
export const avg_over_time = overTime('avg_over_time')
export const min_over_time = overTime('min_over_time')
export const max_over_time = overTime('max_over_time')
export const sum_over_time = overTime('sum_over_time')
export const last_over_time = overTime('last_over_time')
export const stddev_over_time = overTime('stddev_over_time')
export const stdvar_over_time = <L extends string, D extends string>(range: Range<L, D>): Vector<L, 'mixed'> =>
  callExpression('stdvar_over_time', asExpression(range), [range.node], mixed) as never
/** The number of samples in the window. */
export const count_over_time = <L extends string, D extends string>(range: Range<L, D>): Vector<L, 'count'> =>
  callExpression('count_over_time', asExpression(range), [range.node], items) as never
/** 1 for each series with a sample in the window. */
export const present_over_time = <L extends string, D extends string>(range: Range<L, D>): Vector<L, 'flag'> =>
  callExpression('present_over_time', asExpression(range), [range.node], flag) as never
export const quantile_over_time = <L extends string, D extends string>(q: number, range: Range<L, D>): Vector<L, D> => {
  const of = asExpression(range)
  return callExpression('quantile_over_time', of, [number(q), of.node], of.unit, {
    defects: [...of.defects, ...shareDefects('quantile_over_time', q)],
  }) as never
}
