import { reportedCheck } from '../check.ts'

export const allowExpired = reportedCheck({
  code: 'BW901',
  name: 'allow-expired',
  severity: 'error',
  finds: 'A finding was let stand until a day that has passed',
})
export const allowUnused = reportedCheck({
  code: 'BW902',
  name: 'allow-unused',
  severity: 'warning',
  finds: 'A finding is let stand that is no longer found',
})
export const allowUnreasoned = reportedCheck({
  code: 'BW903',
  name: 'allow-without-reason',
  severity: 'error',
  finds: 'A finding is let stand without a reason, or until what is no day',
})
export const promtool = reportedCheck({
  code: 'BW951',
  name: 'promtool',
  severity: 'error',
  finds: 'promtool refuses the generated configuration or rules',
})
export const amtool = reportedCheck({
  code: 'BW952',
  name: 'amtool',
  severity: 'error',
  finds: 'amtool refuses the generated configuration of Alertmanager',
})
