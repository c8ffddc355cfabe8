import { familyName, seriesNames } from '../../../definitions/language/family.ts'
import type { Metric } from '../../../definitions/language/metric.ts'

/** What the official clients expose automatically for every process. */
const ofClients = ['python_.+', 'process_.+']

/**
 * A relabelling that keeps the contract's series, their creation times, and what a client exposes about its own process.
 * Everything else is dropped, and an alert reports it.
 */
export const keepList = (metrics: readonly Metric[]) => ({
  source_labels: ['__name__'],
  regex: [...new Set([...metrics.flatMap(keptNames), ...ofClients])].join('|'),
  action: 'keep',
})

const keptNames = (metric: Metric): readonly string[] =>
  metric.kind === 'counter' || metric.kind === 'histogram'
    ? [...seriesNames(metric), `${familyName(metric)}_created`]
    : seriesNames(metric)
