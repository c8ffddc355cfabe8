import { reportedCheck } from '../check.ts'

/** A choice at the top of a dashboard among the values of a label that is not there. */
export const variableLabel = reportedCheck({
  code: 'BW706',
  name: 'variable-label',
  severity: 'error',
  finds: 'A variable of a dashboard stands on a label that its metric does not have',
  faults: ['variable-label'],
})
