import { isOpen } from '../definitions/language/label.ts'
import type { Metric } from '../definitions/language/metric.ts'

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
