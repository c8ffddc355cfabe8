import { roundedTo } from '../../paper/rounded.ts'
import { fromMicros } from '../amount.ts'
import type { BotMetrics } from '../metrics.ts'
import type { BotLog } from '../record/log.ts'
import type { TrackRecord } from '../record/track-record.ts'
import { exchangeNames, pairName, stake } from '../setting.ts'
import type { Books } from './books.ts'
import type { Prices } from './prices.ts'
import { type Leg, resultOf, type Trip, unhedgedIn } from './trip.ts'

interface LinesOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly books: Books
  readonly prices: Prices
  readonly track: TrackRecord
  readonly now: () => number
}

/** Until the log says that a filled leg has no counter-leg, in milliseconds. */
const reportedAfter = 10_000

/** What every line says of a leg; the price is the expected one unless it is known. */
export const fieldsOf = (trip: Trip, { id, plan, amount }: Leg, price = plan.price) => ({
  trip_id: trip.id,
  leg_id: id,
  exchange: plan.exchange,
  pair: pairName(plan.pair),
  side: plan.side,
  price: roundedTo(price, 6),
  amount: fromMicros(amount ?? 0),
})

/** Writes that a round trip ended, and what it earned. */
export function closeTrip({ log, prices, track }: LinesOptions, trip: Trip): void {
  const { strategy, edge, coin } = trip.signal
  const { pnl, fees } = resultOf(trip, (cash) => prices.of(cash))
  const result = pnl > 0 ? 'profit' : 'loss'
  track.closed(result === 'profit')
  log.round_trip_closed({
    trip_id: trip.id,
    strategy,
    pair: `${coin}-USD`,
    result,
    pnl: roundedTo(pnl, 6),
    fees: roundedTo(fees, 6),
    expected_edge_bps: roundedTo(edge * 10_000, 3),
    realized_edge_bps: roundedTo((pnl / stake) * 10_000, 3),
  })
}

/** Records the legs that are open and those without a counter-leg, in each step. */
export function createUnhedged(options: LinesOptions, trips: () => readonly Trip[]): () => void {
  const { metrics, log, books, prices, now } = options
  const unhedged = () => trips().flatMap((trip) => unhedgedIn(trip).map((leg) => ({ trip, leg })))
  const valueHeld = ({ plan, amount }: Leg) => fromMicros(amount ?? 0) * prices.of(plan.pair.base)
  metrics.oldest_unhedged_leg_timestamp.collect(() => {
    const times = unhedged().map(({ leg }) => leg.filledAt / 1000)
    return times.length === 0 ? undefined : Math.min(...times)
  })
  return () => {
    const legs = unhedged()
    for (const { trip, leg } of legs) {
      if (leg.isReported || now() - leg.filledAt < reportedAfter) continue
      leg.isReported = true
      const waiting = roundedTo((now() - leg.filledAt) / 1000, 1)
      log.leg_unhedged({ ...fieldsOf(trip, leg), value_usd: roundedTo(valueHeld(leg), 2), waiting })
    }
    for (const exchange of exchangeNames) {
      metrics.open_legs.set({ exchange }, books.openOrders(exchange).length)
      metrics.unhedged_legs.set({ exchange }, legs.filter(({ leg }) => leg.plan.exchange === exchange).length)
    }
    metrics.unhedged_value_usd.set(legs.reduce((sum, { leg }) => sum + valueHeld(leg), 0))
  }
}
