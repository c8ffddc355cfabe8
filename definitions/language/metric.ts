import type { Allow } from './allow.ts'
import type { Defect } from './defect.ts'
import type { Deviation } from './deviation.ts'
import type { Duration } from './duration.ts'
import type { Labels, OneOf } from './label.ts'
import { flag, items, seconds, type Unit } from './unit.ts'
import { type Where, whereIs } from './where.ts'

// A bot loads only data from here: no classes, unique symbols or instanceof, so that two copies of these files are compatible.

interface Common<L extends Labels, D extends string> {
  /** The exposed name including the prefix, without a histogram's `_bucket`, `_sum` and `_count`. Empty until a catalogue names it. */
  readonly name: string
  readonly help: string
  readonly labels: L
  readonly unit: Unit<D>
}
export interface Counter<L extends Labels, D extends string> extends Common<L, D> {
  readonly kind: 'counter'
}
export interface Gauge<L extends Labels, D extends string> extends Common<L, D> {
  readonly kind: 'gauge'
  readonly computed: null
}
/** A gauge that the runtime computes at every scrape: seconds since it was last touched, or since its series was created. */
export interface Age<L extends Labels> extends Common<L, 'time'> {
  readonly kind: 'gauge'
  readonly computed: 'age'
}
/** `Signed` is true if a bound is negative: such a histogram exposes `_bucket` only. */
export interface Histogram<L extends Labels, D extends string, Signed extends boolean> extends Common<L, D> {
  readonly kind: 'histogram'
  readonly buckets: readonly number[]
  readonly signed: Signed
}
export interface Info<L extends Labels> extends Common<L, 'flag'> {
  readonly kind: 'info'
}
/** One series per state, exactly one of them 1; the label is the metric's own exposed name. */
export interface StateSet<S extends string, Name extends string = string>
  extends Common<{ readonly [K in Name]: OneOf<S> }, 'flag'> {
  readonly kind: 'stateSet'
  readonly states: readonly S[]
}

/** Why a metric may be absent after the start, and for how long; `forever` if some processes never have it. */
export interface MayBeAbsent {
  readonly for: Duration | 'forever'
  readonly because: string
}

export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'info' | 'stateSet'

/** A metric of any kind, with every field present. */
export interface Metric {
  readonly kind: MetricKind
  readonly name: string
  /** Its property key in the catalogue. */
  readonly key: string
  readonly help: string
  readonly labels: { readonly [name: string]: OneOf<string> | { readonly max: number } }
  readonly unit: Unit<string>
  readonly buckets: readonly number[] | null
  readonly signed: boolean
  readonly states: readonly string[] | null
  readonly computed: 'age' | null
  /** The value of a gauge before it is first set; null if there is no meaningful value, so that the series is absent. */
  readonly initially: number | null
  /** How long a value of a gauge is true unless it is set again; null if it is true until the next one. */
  readonly expiresAfter: string | null
  /** False if the sum of its series is meaningless, such as amounts of different coins. */
  readonly additive: boolean
  /** How long after the start it must be set, otherwise `contract_never_set` is 1; null if it may stay unset. */
  readonly mustBeSetWithin: string | null
  /** Why it may be absent for longer, and for how long, until `contract_never_set` is 1 as well; null if nothing says so. */
  readonly mayBeAbsent: MayBeAbsent | null
  /** The name of the gauge whose removed series take its own with them; null if there is none. */
  readonly endsWith: string | null
  /** Whether it is a metric about the contract, added by the catalogue and written only by the runtime. */
  readonly ofContract: boolean
  readonly deviates: Deviation | null
  /** Accepted findings of checks. */
  readonly allow: readonly Allow[]
  readonly where: Where
  readonly defects: readonly Defect[]
}

/** The metrics of a catalogue, or of `external()`, as the generators read them: with every field, which their types for a bot leave out. */
export const anyMetrics = (metrics: object): Readonly<Record<string, Metric>> =>
  metrics as Readonly<Record<string, Metric>>

/** What `catalogue()` accepts; not Counter<any, any>, which would disable the unit checks. */
export interface AnyDeclaration {
  readonly kind: MetricKind
  readonly name: string
  readonly help: string
}

interface Options<L extends Labels, D extends string> {
  readonly help: string
  readonly labels?: L
  readonly unit?: Unit<D>
  readonly deviates?: Deviation
  readonly allow?: readonly Allow[]
}
interface Due {
  /**
   * How long after the start it must be set, such as '5m'; an alert fires if it was not. With open labels, it must have a series by
   * then, and a value for each combination passed to the runtime's `expect`.
   */
  readonly mustBeSetWithin?: Duration
  /** Why an alert may wait for it, and for how long, such as a detector that needs 60 days of data. */
  readonly mayBeAbsent?: MayBeAbsent
}
interface GaugeOptions<L extends Labels, D extends string> extends Options<L, D>, Due {
  /** The value before the first set, if there is a meaningful one. */
  readonly initially?: number
  /**
   * How long a value is true unless it is set again, such as '1m' for what the exchange reports for the current minute. Then
   * the gauge is `initially` again, or its series ends. Longer than the interval between scrapes, or some values are never seen.
   */
  readonly expiresAfter?: Duration
  readonly additive?: false
  /** A gauge of the same catalogue with the same labels: removing one of its series also removes this one's with the same labels. */
  readonly endsWith?: Gauge<L, string> | Age<L>
}
interface AgeOptions<L extends Labels> extends Omit<Options<L, 'time'>, 'unit'>, Due {
  readonly endsWith?: Gauge<L, string> | Age<L>
}

type Given = Partial<Omit<Metric, 'labels' | 'endsWith'>> & {
  readonly help: string
  readonly labels?: object
  readonly endsWith?: object
}

const metric = (kind: MetricKind, given: Given): never =>
  Object.freeze({
    kind,
    name: '',
    key: '',
    unit: items,
    buckets: null,
    signed: false,
    states: null,
    computed: null,
    initially: null,
    expiresAfter: null,
    additive: true,
    mustBeSetWithin: null,
    mayBeAbsent: null,
    // a gauge until the catalogue knows its name
    endsWith: null,
    ofContract: false,
    deviates: null,
    allow: [],
    // the place of the metric itself, until its group is stamped: two layers may declare one name
    where: whereIs(metric),
    defects: [],
    ...given,
    labels: Object.freeze({ ...given.labels }),
  } satisfies Omit<Metric, 'labels' | 'endsWith'> & { labels: object; endsWith: object | null }) as never

/** Declares a counter; its name must end in `_total`. */
export const counter = <const L extends Labels = {}, const D extends string = 'count'>(
  options: Options<L, D>,
): Counter<L, D> => metric('counter', options as Given)

/** Declares a gauge, a value that goes up and down. */
export const gauge = <const L extends Labels = {}, const D extends string = 'count'>(
  options: GaugeOptions<L, D>,
): Gauge<L, D> => metric('gauge', options as Given)

/** Declares an age, the seconds since something last happened: the bot calls touch(), and the scrape computes the age. */
export const age = <const L extends Labels = {}>(options: AgeOptions<L>): Age<L> =>
  metric('gauge', { ...(options as Given), unit: seconds, computed: 'age', additive: false })

type Negative<B extends readonly number[]> = Extract<`${B[number]}`, `-${string}`> extends never ? false : true

/** Declares a histogram over fixed, increasing, finite bounds in the unit of the metric. */
export const histogram = <
  const L extends Labels = {},
  const D extends string = 'count',
  const B extends readonly [number, ...number[]] = readonly [number],
>(
  options: Options<L, D> & { readonly buckets: B },
): Histogram<L, D, Negative<B>> =>
  metric('histogram', { ...(options as Given), signed: options.buckets.some((bound) => bound < 0) })

/** Declares an info: facts about the bot as labels of a series that is always 1; its name must end in `_info`. */
export const info = <const L extends Labels>(
  options: Due & {
    readonly help: string
    readonly labels: L
    readonly deviates?: Deviation
    readonly allow?: readonly Allow[]
  },
): Info<L> => metric('info', { ...(options as Given), unit: flag })

/** Declares a state set: exactly one of a few states at a time. */
export const stateSet = <const S extends string>(
  options: Due & {
    readonly help: string
    readonly states: readonly S[]
    readonly deviates?: Deviation
    readonly allow?: readonly Allow[]
  },
): StateSet<S> => metric('stateSet', { ...(options as Given), unit: flag, states: options.states })
