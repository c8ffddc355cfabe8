import { rangeUtil } from '@grafana/data'
import type { DrawnLimit } from '../panels/limits.ts'

/** The range of a query, the number of points that fit, and the minimum step. */
export interface QueryRange {
  /** Unix milliseconds. */
  readonly from: number
  readonly to: number
  readonly points: number
  /** The minimum step, such as `15s`. */
  readonly shortest: string
  /** The scrape interval; the minimum step by default. */
  readonly scrape?: string
  /** How many series are drawn; all by default. */
  readonly limit?: DrawnLimit | undefined
}

/** Throws a sentence if a range has no time in it: its answer would be empty, and that would seem to be the bot's fault. */
export function throwReversed({ from, to }: Pick<QueryRange, 'from' | 'to'>): void {
  if (from >= to) throw new Error('The time range ends before it begins: from must be before to.')
}

/** The step of a range query in milliseconds, rounded as Grafana's own utility rounds it. */
export const stepOf = ({ from, to, points, shortest }: QueryRange): number =>
  Math.max(
    rangeUtil.roundInterval((to - from) / Math.max(1, points)),
    rangeUtil.intervalToMs(shortest.replace(/^>/, '')),
  )

/** The values of the time variables in a query of log lines, in which a range is its two ends. */
export const logTimeVariables = (span: QueryRange): ReadonlyMap<string, string> =>
  new Map([...timeVariables(span), ['__range', `[${Math.floor(span.from / 1000)}, ${Math.floor(span.to / 1000)}]`]])

/** The values of the time variables in a query. */
export function timeVariables(span: QueryRange): ReadonlyMap<string, string> {
  const step = stepOf(span)
  const scrape = rangeUtil.intervalToMs((span.scrape ?? span.shortest).replace(/^>/, ''))
  const rate = Math.max(step + scrape, 4 * scrape)
  const seconds = Math.ceil((span.to - span.from) / 1000)
  return new Map([
    ['__interval', `${step}ms`],
    ['__interval_ms', String(step)],
    ['__rate_interval', `${rate / 1000}s`],
    ['__rate_interval_ms', String(rate)],
    ['__range', `${seconds}s`],
    ['__range_s', String(seconds)],
    ['__range_ms', String(span.to - span.from)],
    ['__from', String(span.from)],
    ['__to', String(span.to)],
  ])
}
