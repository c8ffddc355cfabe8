import { isOpen } from './label.ts'
import type { Metric } from './metric.ts'

/** At most so many series a process can expose of one metric; open labels have one more value, the overflow. */
export function seriesBoundOf(metric: Metric): number {
  if (metric.kind === 'info') return 1
  const sets = Object.values(metric.labels).reduce(
    (product, label) => product * (isOpen(label) ? label.max + 1 : label.values.length),
    1,
  )
  if (metric.buckets === null) return sets
  const bounds = metric.buckets.length + 1
  return sets * (metric.signed ? bounds : bounds + 2)
}

/**
 * Samples of one scrape above which Prometheus refuses all of it: five times what the contract allows, so that the client's
 * own series have room and a bot that exposes a series for each order does not fill the disk.
 */
export const sampleLimitOf = (metrics: readonly Metric[]): number =>
  5 * metrics.reduce((sum, metric) => sum + seriesBoundOf(metric), 0)
