import { reportedCheck } from '../check.ts'

/** A sentence of a runbook that names a metric that is not there. */
export const runbookMetric = reportedCheck({
  code: 'BW611',
  name: 'runbook-metric',
  severity: 'error',
  finds: 'A step of a runbook names a metric that nothing exposes',
  faults: ['runbook-metric'],
})
