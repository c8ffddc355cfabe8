import { isOpen } from './label.ts'
import type { Metric } from './metric.ts'

/** The maximum number of series of a metric per process; open labels have one extra value, the overflow. */
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
 * The sample limit of a scrape: five times what the contract allows. It leaves room for the client's own series, and stops a bot
 * that exposes a series per order from filling the disk.
 */
export const sampleLimitOf = (metrics: readonly Metric[]): number =>
  5 * metrics.reduce((sum, metric) => sum + seriesBoundOf(metric), 0)
