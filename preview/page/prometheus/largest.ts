import type { DrawnLimit } from '../panels/limits.ts'
import type { SeriesLabels, TimeSeries } from './query-api.ts'

interface Largest {
  /** In the order of the answer. */
  readonly kept: readonly TimeSeries[]
  readonly others: readonly TimeSeries[]
}

/** The series with the largest last values, and the others. */
export function largest(series: readonly TimeSeries[], limit: DrawnLimit | undefined): Largest {
  if (limit === undefined || series.length <= limit.most) return { kept: series, others: [] }
  const rank = series.map(({ values }, at) => ({ at, value: lastOf(values) })).sort((a, b) => b.value - a.value)
  const first = new Set(rank.slice(0, limit.most).map(({ at }) => at))
  return { kept: series.filter((_, at) => first.has(at)), others: series.filter((_, at) => !first.has(at)) }
}

/** Series as one, which has their sum at each time. */
export function seriesSum(series: readonly TimeSeries[], metric: SeriesLabels): TimeSeries {
  const sums = new Map<number, number>()
  for (const { values } of series)
    for (const [at, value] of values) sums.set(at, (sums.get(at) ?? 0) + (Number(value) || 0))
  return { metric, values: [...sums].sort(([a], [b]) => a - b).map(([at, sum]) => [at, String(sum)] as const) }
}

/** NaN is smaller than any number. */
function lastOf(values: TimeSeries['values']): number {
  const text = values.at(-1)?.[1] ?? 'NaN'
  const value = text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text)
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value
}
