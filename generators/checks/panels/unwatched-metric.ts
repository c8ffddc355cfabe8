import { reportedCheck } from '../check.ts'

/** A metric that is emitted for nobody. */
export const unwatchedMetric = reportedCheck({
  code: 'BW701',
  name: 'unwatched-metric',
  severity: 'warning',
  finds: 'No panel shows a metric, and no rule watches it',
  faults: ['metric-unwatched'],
})
