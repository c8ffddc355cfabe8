import { reportedCheck } from '../check.ts'

/** Text that is no PromQL. */
export const syntax = reportedCheck({
  code: 'BW001',
  name: 'syntax',
  severity: 'error',
  finds: 'An expression is no PromQL that Prometheus reads',
  faults: ['promql-text'],
})
