import { reportedCheck } from '../check.ts'

/** A metric that nobody looks at. */
export const unwatchedMetric = reportedCheck({
  code: 'BW701',
  name: 'unwatched-metric',
  severity: 'warning',
  finds: 'No panel shows a metric, and no rule uses it',
  defects: ['metric-unwatched'],
})
