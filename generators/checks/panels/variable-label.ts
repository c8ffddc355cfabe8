import { reportedCheck } from '../check.ts'

/** A dashboard variable over the values of a label that does not exist. */
export const variableLabel = reportedCheck({
  code: 'BW706',
  name: 'variable-label',
  severity: 'error',
  finds: 'A dashboard variable uses a label that its metric does not have',
  defects: ['variable-label'],
})
