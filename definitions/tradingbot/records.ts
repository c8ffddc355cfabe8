import { min_over_time, record, records } from '../language/index.ts'
import { metrics } from './series.ts'

/** Recorded series that rules query by name. */
export const recordingRules = records('tradingbot', {
  // 30 days of samples are read every two minutes, at a twelfth of the cost
  peak_since_min_30d_timestamp: record({
    help: 'Since when the peak of the balance had been kept at any time in the last 30 days.',
    of: min_over_time(metrics.peak_since_timestamp.over('30d')),
    every: '2m',
  }),
})
