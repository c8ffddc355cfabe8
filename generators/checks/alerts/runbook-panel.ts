import { reportedCheck } from '../check.ts'

/** A runbook step that refers to a panel the bot does not have. */
export const runbookPanel = reportedCheck({
  code: 'BW610',
  name: 'runbook-panel',
  severity: 'error',
  finds: 'A runbook step refers to a panel that is not on any dashboard of the bot',
  defects: ['runbook-panel'],
})
