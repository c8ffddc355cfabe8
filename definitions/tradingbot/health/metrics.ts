import { age, counter, deviation, gauge, timestamp } from '../../language/metrics.ts'
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
  state_errors_total: counter({
    help: 'Failures to keep peak and opening balance: a state file cannot be read or written, or a value is not a number.',
    deviates: notInDocument('what is kept across restarts', 'A peak that is not kept is lost at the next restart.'),
  }),
  log_errors_total: counter({
    help: 'Lines of the log that were lost, and updates of metrics by a line that failed.',
    deviates: notInDocument('lost lines', 'A full disk loses lines, and a line that nobody misses is not looked for.'),
  }),
  heartbeat_age: age({
    help: 'Time since the last iteration of the main loop, or since the start before the first one.',
    deviates: behindPrefix('heartbeat_age'),
  }),
}
