import { age, deviation, gauge, timestamp } from '../../language/metrics.ts'
import { behindPrefix, notInDocument } from '../metric-deviations.ts'

/** The health of the bot itself. */
export const healthMetrics = {
  uptime_seconds: age({
    help: 'Time since the process started.',
    deviates: deviation(
      'uptime_hours is part of the summary',
      'Prometheus uses base units; panels show hours and days.',
    ),
  }),
  start_timestamp: gauge({
    help: 'Unix time at which the process started.',
    unit: timestamp,
    additive: false,
    mustBeSetWithin: '1m',
    deviates: notInDocument('restarts', 'The start time is the one figure that changes exactly once per restart.'),
  }),
  heartbeat_age: age({
    help: 'Time since the last iteration of the main loop, or since the start before the first one.',
    deviates: behindPrefix('heartbeat_age'),
  }),
}
