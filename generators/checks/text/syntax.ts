import { reportedCheck } from '../check.ts'

/** Text that is not valid PromQL. */
export const syntax = reportedCheck({
  code: 'BW001',
  name: 'syntax',
  severity: 'error',
  finds: 'An expression is not valid PromQL',
  defects: ['promql-text'],
})
