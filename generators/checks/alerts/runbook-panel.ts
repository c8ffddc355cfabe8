import { reportedCheck } from '../check.ts'

/** A step of a runbook that looks at what is not there. */
export const runbookPanel = reportedCheck({
  code: 'BW610',
  name: 'runbook-panel',
  severity: 'error',
  finds: 'A step of a runbook looks at a panel that is on no dashboard of the bot',
  faults: ['runbook-panel'],
})
