import { seriesNames } from '../../definitions/language/family.ts'
import { targetLabels } from '../../definitions/language/label.ts'
import type { Metric } from '../../definitions/language/metric.ts'

/** The labels of a metric's series in Prometheus, sorted. */
export const labelsIn = (metric: Metric, name: string): readonly string[] =>
  [
    ...Object.keys(metric.labels),
    ...targetLabels,
    ...(name.endsWith('_bucket') && metric.kind === 'histogram' ? ['le'] : []),
  ].sort()

/** Every series name that a bot should expose, with its metric. */
export const expectedSeries = (metrics: Readonly<Record<string, Metric>>): ReadonlyMap<string, Metric> =>
  new Map(Object.values(metrics).flatMap((metric) => seriesNames(metric).map((name) => [name, metric] as const)))

/** The type that Prometheus learns of a metric from OpenMetrics. */
export const typeIn = (metric: Metric): string => (metric.kind === 'stateSet' ? 'stateset' : metric.kind)

/** The family name of a metric in OpenMetrics. */
export const familyIn = (metric: Metric): string =>
  metric.name.replace(metric.kind === 'counter' ? /_total$/ : metric.kind === 'info' ? /_info$/ : /$^/, '')
