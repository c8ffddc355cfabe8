import type { Day } from '../language/metrics.ts'

/** The trading day that daily PnL counts from: the exchange's, whose daily bars close at midnight UTC. */
export const day: Day = Object.freeze({ startsAt: '00:00', timeZone: 'UTC' })
