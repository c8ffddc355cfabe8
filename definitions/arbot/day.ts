import type { Day } from '../language/metrics.ts'

/** The trading day that daily PnL counts from; the document names none, and midnight UTC is the one that exchanges close their daily bars at. */
export const day: Day = Object.freeze({ startsAt: '00:00', timeZone: 'UTC' })
