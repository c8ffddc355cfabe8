import { familyName, seriesNames } from '../../../definitions/language/family.ts'
import type { Metric } from '../../../definitions/language/metric.ts'

/** What the official clients expose by themselves, of every process. */
const ofClients = ['python_.+', 'process_.+']

/**
 * A relabelling that keeps the contract's series, when each was created, and what a client says of its own process.
 * Everything else is dropped, and told of by an alert.
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
