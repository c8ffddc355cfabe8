import type { OpenLabels } from '../definitions/language/catalogue.ts'
import type { ContractKey } from '../definitions/language/contract-metrics.ts'
import type { Value } from '../definitions/language/label.ts'
import type { Mistake } from '../definitions/language/mistake.ts'
import type { Registry } from './client.ts'
import type { Format } from './format.ts'
import type { Refusal } from './refusals.ts'

/** A value for every label of a metric. */
export type LabelValues<L> = { readonly [K in keyof L]: Value<L[K]> }

/** Labels come first, and only where the metric has any. */
type Args<L, Rest extends readonly unknown[]> = keyof L extends never ? Rest : [labels: LabelValues<L>, ...rest: Rest]

/** Its methods belong to it: taken off (`const { inc } = bound`) they would not know their series. */
export interface BoundCounter {
  /** Adds 1, or as much as is given. */
  readonly inc: (this: BoundCounter, by?: number) => void
}
export interface CounterHandle<L> {
  readonly inc: (...args: Args<L, [by?: number]>) => void
  /** Checks the labels once; the fastest way to count. */
  readonly bind: (...args: Args<L, []>) => BoundCounter
}

export interface BoundGauge {
  readonly set: (this: BoundGauge, value: number) => void
  /** Adds to the value, or to 0 where there is none yet. */
  readonly inc: (this: BoundGauge, by?: number) => void
  readonly dec: (this: BoundGauge, by?: number) => void
  /** Makes the series absent until it is set again. */
  readonly remove: (this: BoundGauge) => void
  /**
   * Computes the value at every scrape; undefined, an error, or a promise that takes longer than a second leaves the series
   * out. Figures that add up in the bot add up in every scrape where their readers answer at once.
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
  /** It happened now: the age is 0 and grows from here. */
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
  /** Replaces what was said before. */
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

/** What a bot may write: a handle for each metric that it declared, under the same key. */
export type Handles<C> = { readonly [K in keyof C as K extends ContractKey ? never : K]: HandleOf<C[K]> }

/** What concerns all metrics of a bot. */
export interface Whole<C> {
  /**
   * Names the open values that the bot is configured for: their series stand at zero, and their ages begin, before the
   * first event, which `increase` could otherwise not see.
   */
  readonly expect: (values: { readonly [K in OpenLabels<C>]?: readonly string[] }) => void
  /** The whole exposition; 'text' is the Prometheus text format. */
  readonly render: (format?: Format) => Promise<string>
  /** Samples that were refused, folded into an overflow series, or could not be read, since the start. */
  readonly refused: () => readonly Refusal[]
  /** The same metrics in a prom-client Registry of their own. */
  readonly registry: Registry
}

export type Metrics<C> = Handles<C> & Whole<C>

/** The words of `Whole`, which no metric's key can be. */
export const words = Object.freeze(['expect', 'refused', 'registry', 'render'] as const)

export type Free<C> = {
  readonly [K in keyof C]: K extends (typeof words)[number]
    ? Mistake<'this key is a word of createMetrics: call the metric something else'>
    : unknown
}
