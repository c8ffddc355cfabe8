import type { Api } from '../exchange/api.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { BotMetrics } from '../metrics.ts'
import type { BotLog } from '../record/log.ts'
import { type ExchangeName, stepsIn } from '../setting.ts'
import type { Books } from './books.ts'
import type { Halts } from './halts.ts'
import type { Prices } from './prices.ts'
import type { Leg, Trip } from './trip.ts'
import { fieldsOf } from './trip-lines.ts'

/** What sends legs, and what hears of it. */
export interface SenderOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly exchanges: ReadonlyMap<ExchangeName, Exchange>
  readonly apis: ReadonlyMap<ExchangeName, Api>
  readonly books: Books
  readonly prices: Prices
  readonly halts: Halts
}

/** Until a leg that failed is sent again. */
const retryAfter = stepsIn(2)

/** Sends legs, again if they fail, and counts failures in a row. */
export function createSender(
  { metrics, log, exchanges: venues, apis, books, halts }: SenderOptions,
  step: () => number,
) {
  const failures = new Map<ExchangeName, number>()
  const streak = (exchange: ExchangeName, count: number) => {
    failures.set(exchange, count)
    metrics.consecutive_order_failures.set({ exchange }, count)
  }
  const fail = (trip: Trip, leg: Leg, reason: 'insufficient_balance' | 'expired', error: string) => {
    const { exchange } = leg.plan
    log.leg_failed({ ...fieldsOf(trip, leg), reason, error })
    streak(exchange, (failures.get(exchange) ?? 0) + 1)
    halts.failed()
    leg.state = 'waiting'
    leg.retryAt = step() + retryAfter
  }
  const send = (trip: Trip, leg: Leg, at: string) => {
    const { exchange, pair, side } = leg.plan
    const venue = venues.get(exchange)
    if (venue === undefined || leg.amount === null || step() < leg.retryAt || !apis.get(exchange)?.isOpen()) return
    leg.attempts += 1
    leg.id = `${trip.id}-${at}${leg.attempts === 1 ? '' : `-${leg.attempts}`}`
    if (!apis.get(exchange)?.call('order')) {
      leg.attempts -= 1
      leg.retryAt = step() + retryAfter
      return
    }
    log.leg_sent(fieldsOf(trip, leg))
    const refused = venue.place({ id: leg.id, pair, side, amount: leg.amount })
    if (refused !== null) {
      fail(trip, leg, 'insufficient_balance', refused)
      return
    }
    books.accepted(exchange, leg.id)
    leg.state = 'sent'
  }
  return { send, fail, succeed: (exchange: ExchangeName) => streak(exchange, 0) }
}
