import { reportedCheck } from '../check.ts'

/** A step of a runbook that does not say what it asks for, or asks for something else. */
export const runbookStep = reportedCheck({
  code: 'BW616',
  name: 'runbook-step',
  severity: 'error',
  finds: 'A step of a runbook has no type, or acts or decides in name but only looks at something',
  defects: ['runbook-step'],
})
