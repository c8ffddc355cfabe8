import { gauge, ratio, score, timestamp } from '../../language/metrics.ts'
import { rate } from '../labels.ts'
import { notInDocument } from '../metric-deviations.ts'

const rates = notInDocument(
  'reference rates',
  'Prices in KRW and in USDT are compared through them: a rate of an hour ago makes a spread that does not exist.',
)

/** The rates through which prices in different currencies are compared. */
export const rateMetrics = {
  reference_rate: gauge({
    help: 'What one unit of the first currency costs in the second, as strategies use it.',
    unit: score,
    labels: { rate },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: rates,
  }),
  reference_rate_timestamp: gauge({
    help: 'Unix time for which its source gave the reference rate; the sources also trade at weekends.',
    unit: timestamp,
    labels: { rate },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: rates,
  }),
  reference_rate_deviation: gauge({
    help: 'Distance of the reference rate from a second source as a share of it, as a positive number.',
    unit: ratio,
    labels: { rate },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: rates,
  }),
}
