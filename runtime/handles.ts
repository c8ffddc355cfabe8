import type { ContractKey } from '../definitions/language/contract-metrics.ts'
import type { Value } from '../definitions/language/label.ts'
import type { Mistake } from '../definitions/language/mistake.ts'
import type { Registry } from './client.ts'
import type { Expect } from './expectation.ts'
import type { Format } from './format.ts'
import type { Refusal } from './refusals.ts'
import type { BeginWarmUp } from './warm-up.ts'

/** A value for every label of a metric. */
export type LabelValues<L> = { readonly [K in keyof L]: Value<L[K]> }

/** Labels come first, and only if the metric has any. */
type Args<L, Rest extends readonly unknown[]> = keyof L extends never ? Rest : [labels: LabelValues<L>, ...rest: Rest]

/** A counter bound to its labels. Call its methods on the handle: destructured (`const { inc } = bound`) they are refused. */
export interface BoundCounter {
  /** Adds `by`, 0 or more; default 1. */
  readonly inc: (this: BoundCounter, by?: number) => void
}
export interface CounterHandle<L> {
  readonly inc: (...args: Args<L, [by?: number]>) => void
  /** Checks the labels once, for the fastest writes. */
  readonly bind: (...args: Args<L, []>) => BoundCounter
}

export interface BoundGauge {
  readonly set: (this: BoundGauge, value: number) => void
  /** Adds `by`, default 1, to the value, or to 0 if there is none yet. */
  readonly inc: (this: BoundGauge, by?: number) => void
  readonly dec: (this: BoundGauge, by?: number) => void
  /** Makes the series absent until it is set again. */
  readonly remove: (this: BoundGauge) => void
  /**
   * Computes the value at every scrape. The series is left out if `read` returns undefined, throws, or returns a promise that
   * takes longer than a second. Synchronous callbacks all run in one tick, so totals are consistent within a scrape.
   */
  readonly collect: (this: BoundGauge, read: () => number | undefined | PromiseLike<number | undefined>) => void
}
interface LabelledGauge<L> {
  readonly set: (labels: LabelValues<L>, value: number) => void
  readonly inc: (labels: LabelValues<L>, by?: number) => void
  readonly dec: (labels: LabelValues<L>, by?: number) => void
  readonly remove: (labels: LabelValues<L>) => void
  readonly bind: (labels: LabelValues<L>) => BoundGauge
}
type UnlabelledGauge = { readonly [Method in keyof BoundGauge]: OmitThisParameter<BoundGauge[Method]> } & {
  readonly bind: () => BoundGauge
}
export type GaugeHandle<L> = keyof L extends never ? UnlabelledGauge : LabelledGauge<L>

export interface BoundAge {
  /** Resets the age to 0: it happened just now. */
  readonly touch: (this: BoundAge) => void
  /** Makes the series absent until it is touched again. */
  readonly remove: (this: BoundAge) => void
}
export interface AgeHandle<L> {
  readonly touch: (...args: Args<L, []>) => void
  readonly remove: (...args: Args<L, []>) => void
  readonly bind: (...args: Args<L, []>) => BoundAge
}

export interface BoundHistogram {
  readonly observe: (this: BoundHistogram, value: number) => void
}
export interface HistogramHandle<L> {
  readonly observe: (...args: Args<L, [value: number]>) => void
  readonly bind: (...args: Args<L, []>) => BoundHistogram
}

export interface InfoHandle<L> {
  /** Replaces the previous values. */
  readonly set: (labels: LabelValues<L>) => void
}
export interface StateSetHandle<S> {
  readonly set: (state: S) => void
}

export type HandleOf<M> = M extends { readonly kind: 'counter'; readonly labels: infer L }
  ? CounterHandle<L>
  : M extends { readonly kind: 'gauge'; readonly computed: 'age'; readonly labels: infer L }
    ? AgeHandle<L>
    : M extends { readonly kind: 'gauge'; readonly labels: infer L }
      ? GaugeHandle<L>
      : M extends { readonly kind: 'histogram'; readonly labels: infer L }
        ? HistogramHandle<L>
        : M extends { readonly kind: 'stateSet'; readonly states: readonly (infer S)[] }
          ? StateSetHandle<S>
          : M extends { readonly kind: 'info'; readonly labels: infer L }
            ? InfoHandle<L>
            : never

/** A handle for each metric that the bot declared, under the same key. */
export type Handles<C> = { readonly [K in keyof C as K extends ContractKey ? never : K]: HandleOf<C[K]> }

/** The methods that concern all metrics of a bot. */
export interface CommonMethods<C> {
  /**
   * Declares the open values that the bot is configured for, such as `{ symbol: ['BTCUSDT'] }`: their counters start at zero
   * and their ages start running now, so that `increase` sees the first event too. This holds for every metric with these
   * labels, unless `{ only: [metrics.a, group] }` or `{ without: [metrics.a, group] }` names some of them, by value.
   */
  readonly expect: Expect<C, Handles<C>>
  /** Renders the exposition; 'text' is the Prometheus text format. */
  readonly render: (format?: Format) => Promise<string>
  /** Samples refused, recorded in an overflow series, or not collected since the start, by metric and reason. */
  readonly refused: () => readonly Refusal[]
  /**
   * Says that the bot warms up until the function that it returns is called, at most for `limit`. Until then its alerts are held
   * back, nothing has to be set, and `/readyz` answers 503. Call it once, before the first scrape.
   */
  readonly warmUp: BeginWarmUp
  /** The same metrics as a separate prom-client Registry. */
  readonly registry: Registry
}

export type Metrics<C> = Handles<C> & CommonMethods<C>

/** The keys of `Whole`, which no metric may use. */
export const reservedKeys = Object.freeze(['expect', 'refused', 'registry', 'render', 'warmUp'] as const)

export type Free<C> = {
  readonly [K in keyof C]: K extends (typeof reservedKeys)[number]
    ? Mistake<'createMetrics reserves this key: call the metric something else'>
    : unknown
}
