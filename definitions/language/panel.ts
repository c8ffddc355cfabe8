import type { Allow } from './allow.ts'
import { type Defect, defect } from './defect.ts'
import type { Deviation } from './deviation.ts'
import { type Limit, type ShownLimit, shownLimit } from './limit.ts'
import { lineMatches } from './line-defects.ts'
import type { AnyLines, FieldsIn, KnownFields, LinesFigure } from './lines.ts'
import type { Fields, LogEvent, LogLevel } from './log-event.ts'
import { everyLine, type LineFigure, type LineFilter } from './log-query.ts'
import type { Mistake } from './mistake.ts'
import type { Node } from './node.ts'
import type { AnyExpression, Carries, NoVector } from './query/vector.ts'
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

/** One query of a panel; its name is the property key, empty for a single query. */
export interface ShownQuery {
  readonly name: string
  readonly query: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  /** The panel's own thresholds; empty if those of alerts apply. */
  readonly limits: readonly ShownLimit[]
}

/** A figure over lines of the log, as a panel shows it; its name is the property key, empty for a single one. */
export interface ShownFigure {
  readonly name: string
  readonly figure: LineFigure
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  readonly limits: readonly ShownLimit[]
}

/** Texts and colours for the values 0, 1, …. */
export type Meanings = Readonly<Record<string, { readonly text: string; readonly colour?: Colour }>>

/** A panel as the generators read it, with every field present. */
export interface AnyPanel {
  readonly kind: 'panel'
  readonly draws: PanelKind
  /** Its property key in the dashboard. */
  readonly key: string
  /** `dashboard title/panel title`, unique within a bot. */
  readonly name: string
  readonly where: Where
  readonly title: string
  readonly description: string
  readonly show: readonly ShownQuery[]
  /** What it means if the panel is empty on a healthy bot; null if it must not be empty. */
  readonly emptyMeans: string | null
  readonly meanings: Meanings | null
  readonly min: number | null
  readonly max: number | null
  readonly decimals: number | null
  /** Whether large numbers are shortened, as in 7.01 B, instead of written in full. */
  readonly abbreviated: boolean
  /** The colour of each curve, bar or slice whose legend contains this word; the others use a palette. */
  readonly colours: Readonly<Record<string, Colour>>
  readonly stacked: boolean
  readonly bars: boolean
  /** Size in grid units, with 24 columns per row; null lets the layout choose. */
  readonly width: number | null
  readonly height: number | null
  /** Markdown of a text panel. */
  readonly content: string
  /** The lines of a logs panel; null for every other kind. */
  readonly lines: LineFilter | null
  /** How many lines a logs panel shows at most, the newest; null for as many as are usual. */
  readonly newest: number | null
  /** Figures over lines of the log, after those of `show`. */
  readonly figures: readonly ShownFigure[]
  readonly deviates: Deviation | null
  /** Accepted findings of checks. */
  readonly allow: readonly Allow[]
  readonly defects: readonly Defect[]
}

type Query = Carries<string, string>
type Shown<D extends string> = Carries<string, D> | LinesFigure<string, D>
/** One query, or several by legend name; anything that is not a vector of values is refused with the reason. */
type Showing<S> = S extends AnyExpression | AnyLines ? ShowingOne<S> : { readonly [K in keyof S]: ShowingOne<S[K]> }
type ShowingOne<S> =
  S extends LinesFigure<string, string>
    ? S
    : S extends NoVector<infer Why>
      ? Why
      : S extends { readonly buckets: true }
        ? Mistake<'these are buckets: histogram_quantile(q, ...) first, or a heatmap()'>
        : S extends Query
          ? S
          : Mistake<'a panel shows a query: a gauge, rate(counter, "5m"), sum(...) and the like'>
/** The limits of the single query, or of each query by name, in its dimension. */
type LimitsOf<S> =
  S extends Shown<infer D>
    ? readonly Limit<D>[]
    : { readonly [K in keyof S]?: S[K] extends Shown<infer D> ? readonly Limit<D>[] : never }
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
    lines: null,
    newest: null,
    figures: [],
    deviates: null,
    allow: [],
    defects: [],
    ...given,
  })

/** An expression has a function as `unit`; in a record of queries, `unit` could only be a query of that name. */
const isShown = (show: object): show is Shown<string> => 'unit' in show && typeof show.unit === 'function'

const isList = (limits: unknown): limits is readonly Limit[] => Array.isArray(limits)

function drawn(draws: PanelKind, { limits, ...options }: Curves<unknown>): AnyPanel {
  const show = options.show as Shown<string> | Readonly<Record<string, Shown<string>>>
  const all = isShown(show) ? [['', show] as const] : Object.entries(show)
  const queries = all.flatMap(([name, of]) => ('node' in of ? [[name, of] as const] : []))
  const figures = all.flatMap(([name, of]) => ('figure' in of ? [[name, of] as const] : []))
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
    figures: Object.freeze(
      figures.map(([name, { figure, unit, labels }]) =>
        Object.freeze({
          name,
          figure,
          unit,
          labels,
          limits: Object.freeze(limitsFor(name).map((limit) => shownLimit(limit, unit))),
        }),
      ),
    ),
    defects: Object.freeze([
      ...new Set(all.flatMap(([, of]) => of.defects)),
      ...(all.length > 0 ? [] : [defect('panel-empty', `the panel ${options.title} has no query`, 'add one')]),
    ]),
  })
}

/** Curves over time. */
export const timeseries = <const S>(options: Curves<Showing<S>>): AnyPanel => drawn('timeseries', options)
/** The last value as a large number. */
export const stat = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('stat', options)
/** The last value on a dial between `min` and `max`. */
export const gauge = <const S>(
  options: Options<Showing<S>> & { readonly min: number; readonly max: number },
): AnyPanel => drawn('gauge', options)
/** One bar per series. */
export const barGauge = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('barGauge', options)
/** One row per series, one column per query. */
export const table = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('table', options)
/** The buckets of a histogram over time: the sum of its rate() or increase(). */
export const heatmap = <const S>(options: Options<ShowingBuckets<S>>): AnyPanel => drawn('heatmap', options)
/** States over time, one line per series. */
export const stateTimeline = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('stateTimeline', options)
/** Shares of a whole. */
export const pie = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('pie', options)
/** Lines of the bot's log, newest first: of these events, with these field values, at this level or a more severe one. */
export const logs = <const E extends readonly LogEvent<Fields>[], const A extends object = {}>({
  events,
  where = {} as never,
  level,
  logsql,
  ...options
}: Common & {
  readonly events: E
  readonly where?: KnownFields<A, FieldsIn<E[number]>>
  readonly level?: LogLevel
  /** Only lines that this filter, as LogsQL text, matches. */
  readonly logsql?: string
  /** How many lines it shows at most; 500 by default. */
  readonly newest?: number
  readonly emptyMeans?: string
}): AnyPanel => {
  const all = Object.freeze({
    ...everyLine(events),
    level: level ?? null,
    logsql: Object.freeze(logsql === undefined ? [] : [logsql]),
  })
  const matched = lineMatches(all, where)
  return panel('logs', {
    ...options,
    lines: Object.freeze({ ...all, where: matched.where }),
    defects: Object.freeze([
      ...matched.defects,
      ...(events.length > 0 ? [] : [defect('panel-empty', `the panel ${options.title} has no event`, 'add one')]),
    ]),
  })
}
/** Markdown. */
export const markdown = (options: Common & { readonly content: string }): AnyPanel => panel('text', options)
