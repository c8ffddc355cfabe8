import type { Metric } from '../definitions/language/metric.ts'

/** The names under which a metric's series are exposed. */
export function exposedNames(metric: Metric): readonly string[] {
  if (metric.kind !== 'histogram') return [metric.name]
  const buckets = `${metric.name}_bucket`
  return metric.signed ? [buckets] : [buckets, `${metric.name}_sum`, `${metric.name}_count`]
}
