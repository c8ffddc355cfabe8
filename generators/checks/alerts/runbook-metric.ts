import { reportedCheck } from '../check.ts'

/** A sentence of a runbook that names a metric that does not exist. */
export const runbookMetric = reportedCheck({
  code: 'BW611',
  name: 'runbook-metric',
  severity: 'error',
  finds: 'A runbook names a metric that nothing exposes',
  defects: ['runbook-metric'],
})
