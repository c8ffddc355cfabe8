import { type Defect, defect } from './defect.ts'
import { type Duration, durationDefects } from './duration.ts'
import { inUnit } from './limit.ts'
import { fieldDefects, figureUnit, lineMatches, unitDefects } from './line-defects.ts'
import type { Fields, FieldValues, LogEvent, LogLevel } from './log-event.ts'
import {
  everyLine,
  type LineCondition,
  type LineFigure,
  type LineFilter,
  type LineFunction,
  type LineOp,
  lineLabels,
  splitWords,
} from './log-query.ts'
import type { Mistake } from './mistake.ts'
import type { Not } from './query/matcher.ts'
import { numberDefects } from './query/result.ts'
import { flag, type Quantity, type Unit } from './unit.ts'

declare const figured: unique symbol

type LineLabel = (typeof lineLabels)[number]
type SplitWord = (typeof splitWords)[number]
export type FieldsIn<E> = E extends LogEvent<infer F> ? F : never
/** The names of the fields that all of these events have: keyof a union is what its members share. */
type Shared<F> = keyof F & string

/** What a field can be compared with: a value, several values, or not(…) of one. */
type FieldAsk<V> = V | readonly V[] | Not<V>
export type LineMatchers<F> = { readonly [K in Shared<F>]?: FieldAsk<FieldValues<F>[K]> }
export type KnownFields<A, F> =
  keyof A extends Shared<F>
    ? A extends LineMatchers<F>
      ? A
      : LineMatchers<F>
    : Mistake<'not all of these events have such a field', { unknown: Exclude<keyof A, Shared<F>>; known: Shared<F> }>

/** The names of fields with numbers, and their dimension. */
type NumberName<F> = {
  [K in Shared<F>]: F extends { readonly [_ in K]: { readonly type: 'number' } } ? K : never
}[Shared<F>]
type NumberField<N, F> =
  N extends NumberName<F>
    ? N
    : N extends Shared<F>
      ? Mistake<'this field is not a number'>
      : Mistake<'not all of these events have such a field', { known: NumberName<F> }>
type FieldDim<F, N> = N extends keyof F
  ? F[N] extends { readonly type: 'number'; readonly unit: Unit<infer D extends string> }
    ? D
    : never
  : never

type Limit<R, D extends string> =
  R extends Quantity<infer Q>
    ? [D, Q] extends [Q, D]
      ? R
      : Mistake<`this figure is in ${D}, the limit in ${Q}`>
    : R extends number
      ? D extends 'count'
        ? R
        : Mistake<`a bare number beside ${D}: say its unit, such as ms(500)`>
      : Mistake<'compare with a quantity: logs and metrics are in different servers'>

/** What every figure and every condition on lines has at run time. */
export interface AnyLines {
  readonly unit: Unit<string>
  /** The labels of its results, sorted. */
  readonly labels: readonly string[]
  readonly defects: readonly Defect[]
}

/** A figure over lines, with the labels L, in the dimension D. */
export interface LinesFigure<out L extends string, out D extends string> extends AnyLines {
  readonly [figured]: { readonly labels: L; readonly dim: D }
  readonly figure: LineFigure
  gt<const R>(limit: Limit<R, D>): LinesCondition<L, D>
  gte<const R>(limit: Limit<R, D>): LinesCondition<L, D>
  lt<const R>(limit: Limit<R, D>): LinesCondition<L, D>
  lte<const R>(limit: Limit<R, D>): LinesCondition<L, D>
}

/** A figure that can still take `.by()`. */
export interface UngroupedFigure<F, out D extends string> extends LinesFigure<LineLabel, D> {
  /** One figure for each combination of values of these fields, of the event or of the level. */
  by<const B extends Shared<F> | SplitWord>(...fields: B[]): LinesFigure<LineLabel | B, D>
}

/** A figure as LogsQL text, before its unit and labels are declared. */
export interface PipedLines {
  /** One figure for each process and each combination of these labels: fields of the events, or of the text. */
  as<const D extends string, const L extends string = never>(
    unit: Unit<D>,
    labels?: readonly L[],
  ): LinesFigure<LineLabel | L, D>
}

/** A condition for an alert. */
export interface LinesCondition<out L extends string, out D extends string> extends AnyLines {
  readonly [figured]: { readonly labels: L; readonly dim: D }
  readonly condition: true
  readonly lines: LineCondition
}

/** Lines of the log, for figures over them. */
export interface Lines<F> {
  /** Only lines with these field values. */
  where<const A extends object>(asked: KnownFields<A, F>): Lines<F>
  /** Only lines at this level or a more severe one. */
  level(least: LogLevel): Lines<F>
  /** Only lines that this filter, as LogsQL text, matches. */
  logsql(filter: string): Lines<F>
  /** How many lines there are. */
  count(window: Duration): UngroupedFigure<F, 'count'>
  /** The sum of a field. */
  sum<const N extends string>(field: NumberField<N, F>, window: Duration): UngroupedFigure<F, FieldDim<F, N>>
  min<const N extends string>(field: NumberField<N, F>, window: Duration): UngroupedFigure<F, FieldDim<F, N>>
  max<const N extends string>(field: NumberField<N, F>, window: Duration): UngroupedFigure<F, FieldDim<F, N>>
  avg<const N extends string>(field: NumberField<N, F>, window: Duration): UngroupedFigure<F, FieldDim<F, N>>
  /** The value that this share of the lines, from 0 to 1, does not exceed. */
  quantile<const N extends string>(
    share: number,
    field: NumberField<N, F>,
    window: Duration,
  ): UngroupedFigure<F, FieldDim<F, N>>
  /** What the builder cannot express, as LogsQL text: pipes over the distinct lines, with a `stats` that has no `by`. */
  pipes(text: string, window: Duration): PipedLines
  /** True if there is no line in the window. */
  absent(window: Duration): LinesCondition<LineLabel, 'flag'>
}

interface Given {
  readonly filter: LineFilter
  readonly defects: readonly Defect[]
}

/** The lines of these events, for figures over them: lines(events.order_filled).quantile(0.95, 'latency_ms', '5m'). */
export const lines = <const E extends readonly [LogEvent<Fields>, ...LogEvent<Fields>[]]>(
  ...events: E
): Lines<FieldsIn<E[number]>> => linesOf({ filter: everyLine(events), defects: [] }) as never

/** Every line of the bot that has a run and a number, of whichever event: no event counts as read by it. */
export const allLines = (): Lines<{}> => linesOf({ filter: everyLine([]), defects: [] }) as never

/**
 * How many lines of the bot are missing: of each run, the numbers between the first and the last line of the window that no line has.
 * No filter can narrow it, since that would leave gaps.
 */
export const missingLines = (window: Duration): LinesFigure<LineLabel, 'count'> =>
  figureOf(
    Object.freeze({
      filter: everyLine([]),
      fn: 'missing',
      share: null,
      field: null,
      pipes: null,
      window,
      by: Object.freeze([]),
    }),
    durationDefects(window, 'missing'),
    figureUnit(everyLine([]), null),
  ) as never

function linesOf({ filter, defects }: Given): Lines<Fields> {
  const figure = (fn: LineFunction, field: string | null, window: string, share: number | null = null) =>
    figureOf(
      Object.freeze({ filter, fn, share, field, pipes: null, window, by: Object.freeze([]) }),
      [
        ...defects,
        ...durationDefects(window, fn),
        ...(field === null
          ? []
          : [...fieldDefects(filter, field, (of) => 'unit' in of, 'a number'), ...unitDefects(filter, field)]),
        ...(share === null || (share >= 0 && share <= 1)
          ? []
          : [defect('quantile', `quantile: the share is ${share}, expected 0 to 1`, 'write 0.95 for 95 %')]),
      ],
      figureUnit(filter, field),
    )
  return Object.freeze({
    where: (asked: object) => {
      const { where, defects: more } = lineMatches(filter, asked)
      return linesOf({ filter: Object.freeze({ ...filter, where }), defects: [...defects, ...more] })
    },
    level: (level: LogLevel) => linesOf({ filter: Object.freeze({ ...filter, level }), defects }),
    logsql: (text: string) =>
      linesOf({ filter: Object.freeze({ ...filter, logsql: Object.freeze([...filter.logsql, text]) }), defects }),
    count: (window: string) => figure('count', null, window),
    sum: (field: string, window: string) => figure('sum', field, window),
    min: (field: string, window: string) => figure('min', field, window),
    max: (field: string, window: string) => figure('max', field, window),
    avg: (field: string, window: string) => figure('avg', field, window),
    quantile: (share: number, field: string, window: string) => figure('quantile', field, window, share),
    pipes: (pipes: string, window: string) =>
      Object.freeze({
        as: (unit: Unit<string>, by: readonly string[] = []) =>
          figureOf(
            Object.freeze({ filter, fn: 'pipes', share: null, field: null, pipes, window, by: Object.freeze([...by]) }),
            [...defects, ...durationDefects(window, 'pipes')],
            unit,
          ),
      }),
    absent: (window: string) =>
      conditionOf(Object.freeze({ kind: 'absence', of: filter, window }), [...lineLabels], flag, [
        ...defects,
        ...durationDefects(window, 'absent'),
      ]),
  }) as never
}

function figureOf(figure: LineFigure, defects: readonly Defect[], unit: Unit<string>) {
  const labels = Object.freeze([...lineLabels, ...figure.by].sort())
  const compared = (op: LineOp) => (limit: Quantity<string> | number) =>
    conditionOf(Object.freeze({ kind: 'comparison', of: figure, op, limit: inUnit(limit, unit) }), labels, unit, [
      ...defects,
      ...numberDefects(limit),
    ])
  return Object.freeze({
    figure,
    unit,
    labels,
    defects: Object.freeze(defects),
    gt: compared('>'),
    gte: compared('>='),
    lt: compared('<'),
    lte: compared('<='),
    by: (...by: string[]): object =>
      figureOf(
        Object.freeze({ ...figure, by: Object.freeze([...by]) }),
        [
          ...defects,
          ...by
            .filter((field) => !splitWords.some((word) => word === field))
            .flatMap((field) => fieldDefects(figure.filter, field)),
        ],
        unit,
      ),
  })
}

const conditionOf = (lines: LineCondition, labels: readonly string[], unit: Unit<string>, defects: readonly Defect[]) =>
  Object.freeze({ condition: true, lines, labels, unit, defects: Object.freeze(defects) })
