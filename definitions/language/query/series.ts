import type { Duration } from '../duration.ts'
import type { Labels, TargetLabel, Value } from '../label.ts'
import type { Bound } from '../limit.ts'
import type { Age, Counter, Gauge, Histogram, Info, Metric, StateSet } from '../metric.ts'
import type { Mistake } from '../mistake.ts'
import { expression, metricExpression } from './expression.ts'
import type { Ask } from './matcher.ts'
import type { AnyExpression, BareCounter, Comparison, NoVector, Vector } from './vector.ts'

type Names<L> = (keyof L & string) | TargetLabel

/** The matchers for a metric: its own labels with their values, and those of the scrape. */
export type Matchers<L> = {
  readonly [K in keyof L | TargetLabel]?: K extends keyof L ? Ask<Value<L[K]>> : Ask<string>
}

/** A series of a catalogue, of any kind. */
export interface SelectedSeries extends AnyExpression {
  readonly metric: Metric
}
type BareHistogram =
  'query a histogram with histogram_quantile(q, rate(x, "5m")), or its .count and .sum under rate() or increase()'

/** A counter in a query: not a vector until it is under rate() or increase(). */
export interface CounterSeries<in out L extends Labels, in out D extends string>
  extends NoVector<BareCounter>,
    SelectedSeries {
  readonly kind: 'counter'
  readonly counted: { readonly labels: L; readonly dim: D }
  where(matchers: Matchers<L>): CounterSeries<L, D>
  offset(by: Duration): CounterSeries<L, D>
  /** The raw value, which restarts at 0 with the bot. */
  readonly total: GaugeSeries<L, D>
  gt(why: BareCounter): never
  gte(why: BareCounter): never
  lt(why: BareCounter): never
  lte(why: BareCounter): never
  eq(why: BareCounter): never
  div(why: BareCounter): never
  minus(why: BareCounter): never
}
export interface GaugeSeries<in out L extends Labels, in out D extends string>
  extends Vector<Names<L>, D>,
    SelectedSeries {
  readonly kind: 'gauge'
  where(matchers: Matchers<L>): GaugeSeries<L, D>
  offset(by: Duration): GaugeSeries<L, D>
}
/** A histogram in a query; one with a negative bound has no sum, because it could go down. */
export interface HistogramSeries<in out L extends Labels, in out D extends string, in out S extends boolean>
  extends NoVector<BareHistogram>,
    SelectedSeries {
  readonly kind: 'histogram'
  readonly observed: { readonly labels: L; readonly dim: D; readonly signed: S }
  where(matchers: Matchers<L>): HistogramSeries<L, D, S>
  offset(by: Duration): HistogramSeries<L, D, S>
  /** The number of observations. */
  readonly count: S extends true ? CounterSeries<L & { readonly le: never }, 'count'> : CounterSeries<L, 'count'>
  /** The number of observations up to a bound, which must be one of its buckets: the others are its `.count` less these. */
  upTo(bound: Bound<D>): CounterSeries<L & { readonly le: never }, 'count'>
  /** The sum of the observations. */
  readonly sum: S extends true
    ? 'a histogram with a negative bound has no sum: what is observed may be below zero'
    : CounterSeries<L, D>
}
export interface InfoSeries<in out L extends Labels> extends Vector<Names<L>, 'flag'>, SelectedSeries {
  readonly kind: 'info'
  where(matchers: Matchers<L>): InfoSeries<L>
  offset(by: Duration): InfoSeries<L>
}
type ByWord = Mistake<"query a state set with .is('…'), .isNot('…') or .current, never by its own label">
/** The matchers for a state set: the labels of the scrape, and not the state. */
type StateMatchers<Name extends string> = { readonly [K in TargetLabel]?: Ask<string> } & {
  readonly [K in Name]?: ByWord
}
export interface StateSeries<in out S extends string, in out Name extends string>
  extends Vector<Name | TargetLabel, 'flag'>,
    SelectedSeries {
  readonly kind: 'stateSet'
  where(matchers: StateMatchers<Name>): StateSeries<S, Name>
  offset(by: Duration): StateSeries<S, Name>
  /** True if it is in this state. */
  is(state: S): Comparison<Name | TargetLabel, 'flag'>
  /** True if it is in another state, which its label names. */
  isNot(state: S): Comparison<Name | TargetLabel, 'flag'>
  /** The current state, as the value of its label. */
  readonly current: Comparison<Name | TargetLabel, 'flag'>
}

/** A recorded series, used like a gauge with the labels of the recorded expression. */
export interface RecordedSeries<in out L extends string, in out D extends string> extends Vector<L, D> {
  readonly kind: 'recorded'
  readonly name: string
  where(matchers: { readonly [K in L]?: Ask<string> }): RecordedSeries<L, D>
  offset(by: Duration): RecordedSeries<L, D>
}

export type SeriesOf<M> =
  M extends Counter<infer L, infer D>
    ? CounterSeries<L, D>
    : M extends Age<infer L>
      ? GaugeSeries<L, 'time'>
      : M extends Gauge<infer L, infer D>
        ? GaugeSeries<L, D>
        : M extends Histogram<infer L, infer D, infer S>
          ? HistogramSeries<L, D, S>
          : M extends StateSet<infer S, infer Name>
            ? StateSeries<S, Name>
            : M extends Info<infer L>
              ? InfoSeries<L>
              : never
export type Series<C> = { readonly [K in keyof C]: SeriesOf<C[K]> }

/** Makes the metrics of a catalogue usable in queries. */
export const series = <C extends object>(catalogue: C): Series<C> =>
  Object.freeze(
    Object.fromEntries(Object.entries(catalogue).map(([key, metric]) => [key, metricExpression(metric as Metric)])),
  ) as never

/** The series of a recording rule, as returned by `records()`. */
export const recordedSeries = <L extends string, D extends string>(
  name: string,
  of: Vector<L, D>,
): RecordedSeries<L, D> => expression({ kind: 'recorded', name, labels: of.labels, unit: of.unit }) as never
