import { level, signLevel } from '../../promql/precedence.ts'

/** A result of Grafana's as PromQL that has the same series and values. */
export interface Result {
  readonly text: string
  /** The precedence of its outermost operator. */
  readonly level: number
  /** Whether it is a number without series, always one series without labels, or any series. */
  readonly labels: 'number' | 'none' | 'any'
  /** The range over which it is a series of values, in PromQL; null if it is one value. */
  readonly range: string | null
  /** What is there if and only if it is not 0, for a result of 0 or 1; null for any other. */
  readonly holds: Piece | null
  /** The value in place of NaN; null if there is none. */
  readonly instead: number | null
}

/** A part of an expression. */
type Piece = Pick<Result, 'text' | 'level'>

type Arithmetic = '+' | '-' | '*' | '/' | '%' | '^'
type Comparison = '==' | '!=' | '>' | '<' | '>=' | '<='

/** Binds more strongly than any operator. */
export const atomLevel = 8

const within = ({ text, level: own }: Piece, least: number): string => (own >= least ? text : `(${text})`)

const plain = { labels: 'any', range: null, holds: null, instead: null } as const

export const numberResult = (value: number): Result => ({
  ...plain,
  text: Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN',
  level: value < 0 ? signLevel : atomLevel,
  labels: 'number',
})

export const callResult = (fn: string, of: Result): Result => ({
  ...of,
  text: `${fn}(${of.text})`,
  level: atomLevel,
  holds: null,
})

/**
 * Grafana combines results if the labels of one contain those of the other, and any two single ones: no matching of PromQL does,
 * but no pair that it combines is lost without labels.
 */
function matching(a: Result, b: Result): string {
  if (a.labels === 'number' || b.labels === 'number' || (a.labels === 'none' && b.labels === 'none')) return ''
  return a.labels === 'none' ? ' on () group_right ()' : ' on () group_left ()'
}

const joint = (a: Result, b: Result): Pick<Result, 'labels' | 'range' | 'instead'> => ({
  labels:
    a.labels === 'any' || b.labels === 'any'
      ? 'any'
      : a.labels === 'number' && b.labels === 'number'
        ? 'number'
        : 'none',
  range: a.range ?? b.range,
  instead: null,
})

export function arithmeticOf(op: Arithmetic, a: Result, b: Result): Result {
  const own = level[op]
  const [left, right] = op === '^' ? [own + 1, own + 1] : [own, own + 1]
  return {
    ...joint(a, b),
    text: `${within(a, left)} ${op}${matching(a, b)} ${within(b, right)}`,
    level: own,
    holds: null,
  }
}

/** A comparison as Grafana has it: 0 or 1; what is left of it in PromQL if it is true is what holds. */
export function comparisonOf(op: Comparison, a: Result, b: Result): Result {
  const own = level[op]
  const [left, right] = [within(a, own), within(b, own + 1)]
  return {
    ...joint(a, b),
    text: `${within(a, own + 1)} ${op} bool${matching(a, b)} ${right}`,
    level: own,
    holds: { text: `${left} ${op}${matching(a, b)} ${right}`, level: own },
  }
}

/** What is there if and only if a result is not 0. */
export const firing = (of: Result): Piece => of.holds ?? (comparisonOf('!=', of, numberResult(0)).holds as Piece)

const asTruth = (of: Result): Result => (of.holds === null ? comparisonOf('!=', of, numberResult(0)) : of)

export function bothOf(a: Result, b: Result): Result {
  const on = a.labels === 'none' && b.labels === 'none' ? '' : ' on ()'
  const text = `${within(firing(a), level.and)} and${on} ${within(firing(b), level.and + 1)}`
  return { ...arithmeticOf('*', asTruth(a), asTruth(b)), holds: { text, level: level.and } }
}

export function eitherOf(a: Result, b: Result): Result {
  const text = `${within(firing(a), level.or)} or ${within(firing(b), level.or + 1)}`
  return {
    ...comparisonOf('!=', arithmeticOf('+', asTruth(a), asTruth(b)), numberResult(0)),
    holds: { text, level: level.or },
  }
}

/** 1 for each series that there is. */
export const presence = (of: Result): Result => ({
  ...arithmeticOf('^', of, numberResult(0)),
  holds: { text: of.text, level: of.level },
})

const overTime: Readonly<Record<string, string>> = {
  mean: 'avg_over_time(',
  avg: 'avg_over_time(',
  min: 'min_over_time(',
  max: 'max_over_time(',
  sum: 'sum_over_time(',
  count: 'count_over_time(',
  median: 'quantile_over_time(0.5, ',
}

const isNameOrCall = /^[\w:]+$|[)]$/

/** One value for each series; null if this audit does not know the reducer. */
export function reductionOf(reducer: string, of: Result): Result | null {
  if (reducer !== 'last' && overTime[reducer] === undefined) return null
  // a single value is left as it is
  if (of.range === null || reducer === 'last') return { ...of, range: null }
  // an offset or a range ends what a subquery may follow
  const operand = isNameOrCall.test(of.text) ? within(of, atomLevel) : `(${of.text})`
  return {
    ...of,
    text: `${overTime[reducer]}${operand}[${of.range}:])`,
    level: atomLevel,
    range: null,
    holds: null,
  }
}

/** Whether a value crosses a threshold, as 0 or 1; null if this audit does not know the evaluator. */
export function thresholdOf(evaluator: string, params: readonly number[], of: Result): Result | null {
  const [first, second] = params
  const one = comparisons[evaluator]
  if (first === undefined) return null
  if (one !== undefined) {
    // a limit between 0 and 1 asks whether what is 0 or 1 holds
    const holds = of.holds !== null && crosses(one, 1, first) && !crosses(one, 0, first)
    return holds ? of : comparisonOf(one, of, numberResult(first))
  }
  const range = ranges[evaluator]
  if (range === undefined || second === undefined) return null
  // both sides are of the same series
  const own: Result = { ...of, labels: 'none' }
  const [low, high] = [
    comparisonOf(range.low, own, numberResult(first)),
    comparisonOf(range.high, own, numberResult(second)),
  ]
  if (range.either) return { ...eitherOf(low, high), labels: of.labels }
  const text = `${low.holds?.text ?? ''} ${range.high} ${within(numberResult(second), level[range.high] + 1)}`
  return { ...arithmeticOf('*', low, high), labels: of.labels, holds: { text, level: level[range.high] } }
}

const comparisons: Readonly<Record<string, Comparison>> = {
  gt: '>',
  lt: '<',
  eq: '==',
  ne: '!=',
  gte: '>=',
  lte: '<=',
  ge: '>=',
  le: '<=',
}

const ranges: Readonly<Record<string, { low: Comparison; high: Comparison; either: boolean }>> = {
  within_range: { low: '>', high: '<', either: false },
  within_range_included: { low: '>=', high: '<=', either: false },
  outside_range: { low: '<', high: '>', either: true },
  outside_range_included: { low: '<=', high: '>=', either: true },
}

function crosses(op: Comparison, value: number, limit: number): boolean {
  switch (op) {
    case '>':
      return value > limit
    case '<':
      return value < limit
    case '>=':
      return value >= limit
    case '<=':
      return value <= limit
    case '==':
      return value === limit
    case '!=':
      return value !== limit
  }
}

/** Whether a number itself crosses a threshold; null if this audit does not know the evaluator. */
export function numberCrosses(evaluator: string, params: readonly number[], value: number): boolean | null {
  const [first = Number.NaN, second = Number.NaN] = params
  const one = comparisons[evaluator]
  if (one !== undefined) return crosses(one, value, first)
  const range = ranges[evaluator]
  if (range === undefined) return null
  const [low, high] = [crosses(range.low, value, first), crosses(range.high, value, second)]
  return range.either ? low || high : low && high
}
