import type { Duration } from '../duration.ts'
import type { Labels, Target, Value } from '../label.ts'
import type { Age, Counter, Gauge, Histogram, Info, Metric, StateSet } from '../metric.ts'
import type { Mistake } from '../mistake.ts'
import { expression, metricExpression } from './expression.ts'
import type { Ask } from './matcher.ts'
import type { Asked, BareCounter, Comparison, NoVector, Vector } from './vector.ts'

type Names<L> = (keyof L & string) | Target

/** What a selector of a metric may ask: its own labels with their values, and those of the scrape. */
export type Matchers<L> = {
  readonly [K in keyof L | Target]?: K extends keyof L ? Ask<Value<L[K]>> : Ask<string>
}

/** A series of a catalogue, whatever its kind. */
export interface Selected extends Asked {
  readonly metric: Metric
}
type BareHistogram =
  'a histogram is asked for a quantile, histogram_quantile(q, rate(x, "5m")), or for its .count and .sum under rate() or increase()'

/** A counter as one may ask for it: no vector until it stands under rate() or increase(). */
export interface CounterSeries<in out L extends Labels, in out D extends string>
  extends NoVector<BareCounter>,
    Selected {
  readonly kind: 'counter'
  readonly counted: { readonly labels: L; readonly dim: D }
  where(matchers: Matchers<L>): CounterSeries<L, D>
  offset(by: Duration): CounterSeries<L, D>
  /** The raw number, which restarts at 0 with the bot. */
  readonly total: GaugeSeries<L, D>
  gt(why: BareCounter): never
  gte(why: BareCounter): never
  lt(why: BareCounter): never
  lte(why: BareCounter): never
  eq(why: BareCounter): never
  div(why: BareCounter): never
  minus(why: BareCounter): never
}
export interface GaugeSeries<in out L extends Labels, in out D extends string> extends Vector<Names<L>, D>, Selected {
  readonly kind: 'gauge'
  where(matchers: Matchers<L>): GaugeSeries<L, D>
  offset(by: Duration): GaugeSeries<L, D>
}
/** A histogram with a bound below zero has no sum: it could go down. */
export interface HistogramSeries<in out L extends Labels, in out D extends string, in out S extends boolean>
  extends NoVector<BareHistogram>,
    Selected {
  readonly kind: 'histogram'
  readonly observed: { readonly labels: L; readonly dim: D; readonly signed: S }
  where(matchers: Matchers<L>): HistogramSeries<L, D, S>
  offset(by: Duration): HistogramSeries<L, D, S>
  /** How many were observed. */
  readonly count: S extends true ? CounterSeries<L & { readonly le: never }, 'count'> : CounterSeries<L, 'count'>
  /** What they add up to. */
  readonly sum: S extends true
    ? 'a histogram with a negative bound has no sum: what is observed may be below zero'
    : CounterSeries<L, D>
}
export interface InfoSeries<in out L extends Labels> extends Vector<Names<L>, 'flag'>, Selected {
  readonly kind: 'info'
  where(matchers: Matchers<L>): InfoSeries<L>
  offset(by: Duration): InfoSeries<L>
}
type ByWord = Mistake<"ask a state set by .is('…'), .isNot('…') or .current, never by its own label">
/** What a selector of a state set may ask: what the scrape adds, and not the state. */
type StateMatchers<Name extends string> = { readonly [K in Target]?: Ask<string> } & {
  readonly [K in Name]?: ByWord
}
export interface StateSeries<in out S extends string, in out Name extends string>
  extends Vector<Name | Target, 'flag'>,
    Selected {
  readonly kind: 'stateSet'
  where(matchers: StateMatchers<Name>): StateSeries<S, Name>
  offset(by: Duration): StateSeries<S, Name>
  /** True where it is in this state. */
  is(state: S): Comparison<Name | Target, 'flag'>
  /** True where it is in another state, which its label names. */
  isNot(state: S): Comparison<Name | Target, 'flag'>
  /** The one state it is in, as the value of its label. */
  readonly current: Comparison<Name | Target, 'flag'>
}

/** A recorded series: as a gauge, with the labels of the expression that it records. */
export interface Recorded<in out L extends string, in out D extends string> extends Vector<L, D> {
  readonly kind: 'recorded'
  readonly name: string
  where(matchers: { readonly [K in L]?: Ask<string> }): Recorded<L, D>
  offset(by: Duration): Recorded<L, D>
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

/** Makes of a catalogue what queries may ask for. */
export const series = <C extends object>(catalogue: C): Series<C> =>
  Object.freeze(
    Object.fromEntries(Object.entries(catalogue).map(([key, metric]) => [key, metricExpression(metric as Metric)])),
  ) as never

/** A series of a recording rule, as `records()` hands it out. */
export const recordedSeries = <L extends string, D extends string>(name: string, of: Vector<L, D>): Recorded<L, D> =>
  expression({ kind: 'recorded', name, labels: of.labels, unit: of.unit }) as never
