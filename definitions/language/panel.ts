import type { Allow } from './allow.ts'
import type { Deviation } from './deviation.ts'
import { type Fault, fault } from './fault.ts'
import { type Limit, type ShownLimit, shownLimit } from './limit.ts'
import type { Fields, LogEvent } from './log-event.ts'
import type { Mistake } from './mistake.ts'
import type { Node } from './node.ts'
import type { Asked, Carries, NoVector } from './query/vector.ts'
import type { Unit } from './unit.ts'
import type { Where } from './where.ts'

export type PanelKind =
  | 'timeseries'
  | 'stat'
  | 'gauge'
  | 'barGauge'
  | 'table'
  | 'heatmap'
  | 'stateTimeline'
  | 'pie'
  | 'logs'
  | 'text'
export type Colour = 'green' | 'yellow' | 'orange' | 'red' | 'blue' | 'purple' | 'cyan' | 'pink' | 'grey'

/** One query of a panel; its name is the property key, empty where there is one query only. */
export interface Shown {
  readonly name: string
  readonly query: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  /** What the panel itself says about its values; empty where alerts do. */
  readonly limits: readonly ShownLimit[]
}

/** What a value of 0, 1, … means, in words and colour. */
export type Meanings = Readonly<Record<string, { readonly text: string; readonly colour?: Colour }>>

/** A panel as the generators read it: every field always present. */
export interface AnyPanel {
  readonly kind: 'panel'
  readonly draws: PanelKind
  /** The property under which its dashboard holds it. */
  readonly key: string
  /** The title of its dashboard, a slash, its own title: unique in a bot. */
  readonly name: string
  readonly where: Where
  readonly title: string
  readonly description: string
  readonly show: readonly Shown[]
  /** Why it may rightly show nothing on a healthy bot; null where it may not. */
  readonly emptyMeans: string | null
  readonly meanings: Meanings | null
  readonly min: number | null
  readonly max: number | null
  readonly decimals: number | null
  /** Whether large numbers are shortened, as 7.01 B, instead of written with every digit. */
  readonly abbreviated: boolean
  /** The colour of each curve, bar or share whose name in the legend has this word; the others take theirs from a palette. */
  readonly colours: Readonly<Record<string, Colour>>
  readonly stacked: boolean
  readonly bars: boolean
  /** In grid columns of 24 and rows; null lets the layout choose. */
  readonly width: number | null
  readonly height: number | null
  /** Markdown of a text panel. */
  readonly content: string
  readonly events: readonly LogEvent<Fields>[]
  readonly deviates: Deviation | null
  /** Findings of checks that are known and stand. */
  readonly allow: readonly Allow[]
  readonly faults: readonly Fault[]
}

type Query = Carries<string, string>
/** One query, or several by the name that the legend gives them; what is no vector of values is refused with the reason. */
type Showing<S> = S extends Asked ? ShowingOne<S> : { readonly [K in keyof S]: ShowingOne<S[K]> }
type ShowingOne<S> =
  S extends NoVector<infer Why>
    ? Why
    : S extends { readonly buckets: true }
      ? Mistake<'these are buckets: histogram_quantile(q, ...) first, or a heatmap()'>
      : S extends Query
        ? S
        : Mistake<'a panel shows a query: a gauge, rate(counter, "5m"), sum(...) and the like'>
/** The limits of the one query, or of each by its name, in its own dimension. */
type LimitsOf<S> =
  S extends Carries<string, infer D extends string>
    ? readonly Limit<D>[]
    : { readonly [K in keyof S]?: S[K] extends Carries<string, infer D extends string> ? readonly Limit<D>[] : never }
type ShowingBuckets<S> = S extends { readonly buckets: true }
  ? S
  : Mistake<'a heatmap shows the buckets of a histogram: sum(rate(histogram, "5m"))'>

interface Common {
  readonly title: string
  readonly description?: string
  readonly width?: number
  readonly height?: number
  readonly deviates?: Deviation
  readonly allow?: readonly Allow[]
}
interface Options<S> extends Common {
  readonly show: S
  readonly emptyMeans?: string
  readonly meanings?: Meanings
  readonly limits?: LimitsOf<NoInfer<S>>
  readonly min?: number
  readonly max?: number
  readonly decimals?: number
  readonly abbreviated?: boolean
  readonly colours?: Readonly<Record<string, Colour>>
}
interface Curves<S> extends Options<S> {
  readonly stacked?: boolean
  readonly bars?: boolean
}

type Given = Partial<AnyPanel> & { readonly title: string }

const panel = (draws: PanelKind, given: Given): AnyPanel =>
  Object.freeze({
    kind: 'panel',
    draws,
    key: '',
    name: '',
    where: {},
    description: '',
    show: [],
    emptyMeans: null,
    meanings: null,
    min: null,
    max: null,
    decimals: null,
    abbreviated: false,
    colours: {},
    stacked: false,
    bars: false,
    width: null,
    height: null,
    content: '',
    events: [],
    deviates: null,
    allow: [],
    faults: [],
    ...given,
  })

/** Of an expression the unit is a function; of queries by name it could only be one called `unit`. */
const isQuery = (show: object): show is Query => 'unit' in show && typeof show.unit === 'function'

const isList = (limits: unknown): limits is readonly Limit[] => Array.isArray(limits)

function drawn(draws: PanelKind, { limits, ...options }: Curves<unknown>): AnyPanel {
  const show = options.show as Query | Readonly<Record<string, Query>>
  const queries = isQuery(show) ? [['', show] as const] : Object.entries(show)
  const given = limits as readonly Limit[] | Readonly<Record<string, readonly Limit[]>> | undefined
  const limitsFor = (name: string) => (isList(given) ? given : given?.[name]) ?? []
  return panel(draws, {
    ...options,
    show: Object.freeze(
      queries.map(([name, of]) =>
        Object.freeze({
          name,
          query: of.node,
          unit: of.unit,
          labels: of.labels,
          limits: Object.freeze(limitsFor(name).map((limit) => shownLimit(limit, of.unit))),
        }),
      ),
    ),
    faults: Object.freeze([
      ...new Set(queries.flatMap(([, of]) => of.faults)),
      ...(queries.length > 0 ? [] : [fault('panel-empty', `the panel ${options.title} shows no query`, 'give it one')]),
    ]),
  })
}

/** Curves over time. */
export const timeseries = <const S>(options: Curves<Showing<S>>): AnyPanel => drawn('timeseries', options)
/** The last value, large. */
export const stat = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('stat', options)
/** The last value on a dial between `min` and `max`. */
export const gauge = <const S>(
  options: Options<Showing<S>> & { readonly min: number; readonly max: number },
): AnyPanel => drawn('gauge', options)
/** A bar for each series. */
export const barGauge = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('barGauge', options)
/** A row for each series, a column for each query. */
export const table = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('table', options)
/** The buckets of a histogram over time: rate() or increase() of it, summed. */
export const heatmap = <const S>(options: Options<ShowingBuckets<S>>): AnyPanel => drawn('heatmap', options)
/** Which state when, a line for each series. */
export const stateTimeline = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('stateTimeline', options)
/** Shares of a whole. */
export const pie = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('pie', options)
/** Lines of the bot's log, newest first. */
export const logs = (
  options: Common & { readonly events: readonly LogEvent<Fields>[]; readonly emptyMeans?: string },
): AnyPanel => panel('logs', options)
/** Markdown. */
export const markdown = (options: Common & { readonly content: string }): AnyPanel => panel('text', options)
