import { instanceOf, scrapedTarget } from '../case.ts'

const target = scrapedTarget('arbot')
export const critical = { ...target, severity: 'critical' }
export const warning = { ...target, severity: 'warning' }
/** The labels of a warning that sums by instance. */
export const instanceWarning = { ...instanceOf(target), severity: 'warning' }
/** A series of one exchange. */
export const at = (exchange: string, name: string) => `arbot_${name}{exchange="${exchange}"}`
