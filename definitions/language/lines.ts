import { type Defect, defect } from './defect.ts'
import { type Duration, durationDefects } from './duration.ts'
import { inUnit } from './limit.ts'
import type { Field, Fields, FieldValues, LogEvent, LogLevel } from './log-event.ts'
import {
  type FieldMatch,
  type LineCondition,
  type LineFigure,
  type LineFilter,
  type LineFunction,
  type LineOp,
  lineLabels,
} from './log-query.ts'
import type { Mistake } from './mistake.ts'
import type { Not } from './query/matcher.ts'
import { numberDefects } from './query/result.ts'
import { flag, items, type Quantity, type Unit } from './unit.ts'

declare const figured: unique symbol

type LineLabel = (typeof lineLabels)[number]
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
  /** One figure for each combination of values of these fields. */
  by<const B extends Shared<F>>(...fields: B[]): LinesFigure<LineLabel | B, D>
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
): Lines<FieldsIn<E[number]>> =>
  linesOf({
    filter: Object.freeze({ events: Object.freeze([...events]), where: [], level: null }),
    defects: [],
  }) as never

function linesOf({ filter, defects }: Given): Lines<Fields> {
  const figure = (fn: LineFunction, field: string | null, window: string, share: number | null = null) =>
    figureOf(
      Object.freeze({ filter, fn, share, field, window, by: Object.freeze([]) }),
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
      unitOf(filter, field),
    )
  return Object.freeze({
    where: (asked: object) => {
      const { where, defects: more } = lineMatches(filter, asked)
      return linesOf({ filter: Object.freeze({ ...filter, where }), defects: [...defects, ...more] })
    },
    level: (level: LogLevel) => linesOf({ filter: Object.freeze({ ...filter, level }), defects }),
    count: (window: string) => figure('count', null, window),
    sum: (field: string, window: string) => figure('sum', field, window),
    min: (field: string, window: string) => figure('min', field, window),
    max: (field: string, window: string) => figure('max', field, window),
    avg: (field: string, window: string) => figure('avg', field, window),
    quantile: (share: number, field: string, window: string) => figure('quantile', field, window, share),
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
        [...defects, ...by.flatMap((field) => fieldDefects(figure.filter, field))],
        unit,
      ),
  })
}

const conditionOf = (lines: LineCondition, labels: readonly string[], unit: Unit<string>, defects: readonly Defect[]) =>
  Object.freeze({ condition: true, lines, labels, unit, defects: Object.freeze(defects) })

/** The unit of a figure: that of its field; lines are counted in items. */
function unitOf({ events }: LineFilter, field: string | null): Unit<string> {
  const declared = field === null ? undefined : events[0]?.fields[field]
  return declared !== undefined && 'unit' in declared ? declared.unit : items
}

/** A figure over events that log a field in different units would mix them. */
function unitDefects({ events }: LineFilter, field: string): Defect[] {
  const units = events.flatMap(({ name, fields }) => {
    const of = fields[field]
    return of !== undefined && 'unit' in of ? [{ name, unit: of.unit }] : []
  })
  const [first] = units
  return units
    .filter(({ unit }) => unit.dim !== first?.unit.dim || unit.num * first.unit.den !== first.unit.num * unit.den)
    .map(({ name, unit }) =>
      defect(
        'line-field',
        `${name} has ${field} in ${unit.suffix || unit.dim}, and ${first?.name} in ${first?.unit.suffix || first?.unit.dim}`,
        'ask for the events separately, or log both in one unit',
      ),
    )
}

/** The conditions on fields, and those that cannot be. */
export function lineMatches(
  filter: LineFilter,
  asked: object,
): { readonly where: readonly FieldMatch[]; readonly defects: readonly Defect[] } {
  const made = Object.entries(asked).map(([field, ask]: [string, unknown]) => {
    const negated = typeof ask === 'object' && ask !== null && 'not' in ask
    const given = negated ? ask.not : ask
    const values = (Array.isArray(given) ? given : [given]) as FieldMatch['values']
    return {
      match: Object.freeze({ field, values: Object.freeze([...values]), negated }),
      defects: [
        ...fieldDefects(filter, field),
        ...(values.length > 0
          ? []
          : [defect('line-match', `where: the list of values of ${field} is empty`, 'give at least one value')]),
        ...filter.events.flatMap(({ name, fields }) =>
          values.flatMap((value) => valueDefects(name, field, fields[field], value)),
        ),
      ],
    }
  })
  return {
    where: Object.freeze([...filter.where, ...made.map(({ match }) => match)]),
    defects: made.flatMap((one) => one.defects),
  }
}

/** The defects of a field that some of the events do not have, or have as something else. */
function fieldDefects(
  { events }: LineFilter,
  field: string,
  fits: (of: Field) => boolean = () => true,
  expected = '',
): Defect[] {
  return events.flatMap(({ name, fields }) => {
    const declared = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (declared === undefined)
      return [
        defect(
          'line-field',
          `${name} has no field '${field}', expected one of ${Object.keys(fields).join(', ') || 'none'}`,
          'use a field that all of these events have, or fewer events',
        ),
      ]
    return fits(declared)
      ? []
      : [defect('line-field', `the field ${field} of ${name} is not ${expected}`, `use ${expected}`)]
  })
}

function valueDefects(event: string, field: string, of: Field | undefined, value: unknown): Defect[] {
  if (of === undefined) return []
  const fits =
    'values' in of
      ? of.values.some((known) => known === value)
      : of.type === 'number'
        ? typeof value === 'number' && Number.isFinite(value)
        : typeof value === of.type
  const expected =
    'values' in of ? `one of ${of.values.join(', ')}` : of.type === 'string' ? 'a string' : `a ${of.type}`
  return fits
    ? []
    : [
        defect(
          'line-match',
          `where: ${field} of ${event} is never ${JSON.stringify(value)}, expected ${expected}`,
          'use a value that the event can have',
        ),
      ]
}
