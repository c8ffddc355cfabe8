import { reportedCheck } from '../check.ts'

export const allowExpired = reportedCheck({
  code: 'BW901',
  name: 'allow-expired',
  severity: 'error',
  finds: 'A finding was allowed until a date that has passed',
})
export const allowUnused = reportedCheck({
  code: 'BW902',
  name: 'allow-unused',
  severity: 'warning',
  finds: 'An allowed finding no longer occurs',
})
export const allowUnreasoned = reportedCheck({
  code: 'BW903',
  name: 'allow-without-reason',
  severity: 'error',
  finds: 'A finding is allowed without a reason, or until something that is not a date',
})
export const promtool = reportedCheck({
  code: 'BW951',
  name: 'promtool',
  severity: 'error',
  finds: 'promtool rejects the generated configuration or rules',
})
export const amtool = reportedCheck({
  code: 'BW952',
  name: 'amtool',
  severity: 'error',
  finds: 'amtool rejects the generated Alertmanager configuration',
})
export const dryRun = reportedCheck({
  code: 'BW953',
  name: 'vmalert',
  severity: 'error',
  finds: 'vmalert rejects a query on lines of the log',
})
