import type { Fields, LogEvent, LogLevel } from './log-event.ts'

// Queries over the lines of a log, as plain data: the counterpart of the PromQL tree in node.ts.

/** One field compared with values: any of them, or, if negated, none. */
export interface FieldMatch {
  readonly field: string
  readonly values: readonly (string | number | boolean)[]
  readonly negated: boolean
}

/** Which lines: of any of these events, or of all without one, with these field values, at this level or a more severe one. */
export interface LineFilter {
  readonly events: readonly LogEvent<Fields>[]
  readonly where: readonly FieldMatch[]
  readonly level: LogLevel | null
  /** Further filters, as LogsQL text. */
  readonly logsql: readonly string[]
}

/** All lines of these events. */
export const everyLine = (events: LineFilter['events']): LineFilter =>
  Object.freeze({ events: Object.freeze([...events]), where: [], level: null, logsql: [] })

/** `missing` counts the numbers of each run that no line has; `pipes` is LogsQL text. */
export type LineFunction = 'count' | 'missing' | 'sum' | 'min' | 'max' | 'avg' | 'quantile' | 'pipes'

/** A figure over the distinct lines of a window, one for each process of the bot and each combination of the fields in `by`. */
export interface LineFigure {
  readonly filter: LineFilter
  readonly fn: LineFunction
  /** The share of a quantile, from 0 to 1; null for the others. */
  readonly share: number | null
  /** Null for what counts lines, and for text. */
  readonly field: string | null
  /** Pipes over the distinct lines, as LogsQL text, with a `stats` that has no `by`; null for the other functions. */
  readonly pipes: string | null
  readonly window: string
  readonly by: readonly string[]
}

export type LineOp = '>' | '>=' | '<' | '<='

/** A figure compared with a limit in its own unit, or the absence of lines, for which there is no figure. */
export type LineCondition =
  | { readonly kind: 'comparison'; readonly of: LineFigure; readonly op: LineOp; readonly limit: number }
  | { readonly kind: 'absence'; readonly of: LineFilter; readonly window: string }

/** What every line has besides its process, and figures can be split by. */
export const splitWords = Object.freeze(['event', 'level'] as const)

/** The labels of every figure: those of the process that wrote the lines. */
export const lineLabels = Object.freeze(['bot', 'env', 'instance'] as const)
