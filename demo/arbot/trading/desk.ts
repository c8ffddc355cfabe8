import { roundedTo } from '../../paper/rounded.ts'
import { fromMicros } from '../amount.ts'
import type { Api } from '../exchange/api.ts'
import type { Exchange, Report } from '../exchange/exchange.ts'
import type { BotMetrics } from '../metrics.ts'
import type { BotLog } from '../record/log.ts'
import type { TrackRecord } from '../record/track-record.ts'
import { type ExchangeName, exchangeNames, exchanges, pairName, stake, stepsIn } from '../setting.ts'
import type { Books } from './books.ts'
import type { Halts } from './halts.ts'
import type { Prices } from './prices.ts'
import type { createRisk } from './risk.ts'
import type { Signal } from './strategies.ts'
import { isFilled, type Leg, resultOf, type Trip, tripOf, unhedgedIn } from './trip.ts'

interface DeskOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly exchanges: ReadonlyMap<ExchangeName, Exchange>
  readonly apis: ReadonlyMap<ExchangeName, Api>
  readonly books: Books
  readonly prices: Prices
  readonly halts: Halts
  readonly judge: ReturnType<typeof createRisk>
  readonly track: TrackRecord
  readonly now: () => number
}

/** Executes signals leg by leg, and takes what the exchanges report into the books; each is a line of the log. */
interface Desk {
  readonly take: (signal: Signal) => void
  readonly step: () => void
  readonly openLegs: () => number
}

/** Until a leg that failed is sent again, and until the log says that a filled one has no counter-leg. */
const retryAfter = stepsIn(2)
const reportedAfter = 10_000

export function createDesk(options: DeskOptions): Desk {
  const { metrics, log, exchanges: venues, apis, books, prices, halts, judge, track, now } = options
  // Ids of different runs must differ.
  const run = Math.floor(now() / 1000).toString(36)
  let trips: readonly Trip[] = []
  let steps = 0
  const counts = { spatial: 0, triangular: 0, statistical: 0 }
  const failures = new Map<ExchangeName, number>()

  const fieldsOf = (trip: Trip, { id, plan, amount }: Leg, price = plan.price) => ({
    trip_id: trip.id,
    leg_id: id,
    exchange: plan.exchange,
    pair: pairName(plan.pair),
    side: plan.side,
    price: roundedTo(price, 6),
    amount: fromMicros(amount ?? 0),
  })
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
    leg.retryAt = steps + retryAfter
  }
  const send = (trip: Trip, leg: Leg, at: string) => {
    const { exchange, pair, side } = leg.plan
    const venue = venues.get(exchange)
    if (venue === undefined || leg.amount === null || steps < leg.retryAt || !apis.get(exchange)?.isOpen()) return
    leg.attempts += 1
    leg.id = `${trip.id}-${at}${leg.attempts === 1 ? '' : `-${leg.attempts}`}`
    if (!apis.get(exchange)?.call('order')) {
      leg.attempts -= 1
      leg.retryAt = steps + retryAfter
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
  const advance = (trip: Trip) => {
    const at = trip.legs.findIndex((group) => !group.every(isFilled))
    const group = trip.legs[at] ?? []
    const isLast = at === trip.legs.length - 1
    const hasBegun = group.some(({ attempts }) => attempts > 0)
    if (isLast && !hasBegun && trip.signal.closes?.(steps - trip.since) === false) return
    for (const [i, leg] of group.entries()) if (leg.state === 'waiting') send(trip, leg, `${at + 1}${'ab'[i]}`)
  }
  const close = (trip: Trip) => {
    const { strategy, edge, coin } = trip.signal
    const { pnl, fees } = resultOf(trip, (cash) => prices.of(cash))
    const expected_edge_bps = roundedTo(edge * 10_000, 3)
    const realized_edge_bps = roundedTo((pnl / stake) * 10_000, 3)
    const result = pnl > 0 ? 'profit' : 'loss'
    track.closed(result === 'profit')
    log.round_trip_closed({
      trip_id: trip.id,
      strategy,
      pair: `${coin}-USD`,
      result,
      pnl: roundedTo(pnl, 6),
      fees: roundedTo(fees, 6),
      expected_edge_bps,
      realized_edge_bps,
    })
  }
  const take = (exchange: ExchangeName, report: Report) => {
    const trip = trips.find(({ legs }) => legs.flat().some(({ id }) => id === report.id))
    const leg = trip?.legs.flat().find(({ id }) => id === report.id)
    if (report.id !== null) books.ended(exchange, report.id)
    if (report.kind === 'filled') books.filled(exchange, report.fill)
    if (trip === undefined || leg === undefined) return
    if (report.kind === 'expired') {
      fail(trip, leg, 'expired', 'nobody took the other side in time')
      return
    }
    const { fill, price, latencyMs } = report
    leg.state = 'filled'
    leg.fill = fill
    leg.filledAt = now()
    trip.since = steps
    streak(exchange, 0)
    const { cash } = exchanges[exchange]
    log.leg_filled({
      ...fieldsOf(trip, leg, price * prices.of(leg.plan.pair.quote)),
      fee: roundedTo(fromMicros(fill.fee) * prices.of(cash), 6),
      latency_ms: latencyMs,
    })
    // only the leg across two coins decides the amount of another
    for (const other of trip.legs.flat())
      if (other.amount === null && leg.plan.pair.quote === other.plan.pair.base) other.amount = fill.cost
  }
  const unhedged = () => trips.flatMap((trip) => unhedgedIn(trip).map((leg) => ({ trip, leg })))
  const valueHeld = ({ plan, amount }: Leg) => fromMicros(amount ?? 0) * prices.of(plan.pair.base)
  const reportUnhedged = () => {
    for (const { trip, leg } of unhedged()) {
      if (leg.isReported || now() - leg.filledAt < reportedAfter) continue
      leg.isReported = true
      const waiting = roundedTo((now() - leg.filledAt) / 1000, 1)
      log.leg_unhedged({ ...fieldsOf(trip, leg), value_usd: roundedTo(valueHeld(leg), 2), waiting })
    }
  }
  const record = () => {
    const legs = trips.flatMap((trip) => trip.legs.flat())
    for (const exchange of exchangeNames) {
      metrics.open_legs.set({ exchange }, books.openOrders(exchange).length)
      metrics.unhedged_legs.set({ exchange }, unhedged().filter(({ leg }) => leg.plan.exchange === exchange).length)
    }
    metrics.unhedged_value_usd.set(unhedged().reduce((sum, { leg }) => sum + valueHeld(leg), 0))
    return legs
  }
  metrics.oldest_unhedged_leg_timestamp.collect(() => {
    const times = unhedged().map(({ leg }) => leg.filledAt / 1000)
    return times.length === 0 ? undefined : Math.min(...times)
  })
  for (const exchange of exchangeNames) streak(exchange, 0)

  return Object.freeze({
    take: (signal: Signal) => {
      const { strategy, coin, buy, sell, spread, edge } = signal
      const spread_pct = roundedTo(spread * 100, 4)
      const expected_edge_bps = roundedTo(edge * 10_000, 3)
      const fields = {
        strategy,
        pair: `${coin}-USD`,
        buy_exchange: buy,
        sell_exchange: sell,
        spread_pct,
        expected_edge_bps,
      }
      const reason = judge(signal)
      if (reason === 'below_minimum_edge') {
        metrics.signals_detected_total.inc({ strategy })
        metrics.signal_spread_pct.observe({ strategy }, spread_pct)
        metrics.signals_rejected_total.inc({ strategy, reason })
        return
      }
      log.signal_detected(fields)
      if (reason !== null) {
        log.signal_rejected({ ...fields, reason })
        return
      }
      counts[strategy] += 1
      metrics.signals_executed_total.inc({ strategy })
      const trip = tripOf(`${strategy}-${run}-${counts[strategy]}`, signal, steps)
      trips = [...trips, trip]
      advance(trip)
    },
    step: () => {
      steps += 1
      for (const name of exchangeNames) for (const report of venues.get(name)?.reports() ?? []) take(name, report)
      for (const trip of trips.filter(({ legs }) => legs.flat().every(isFilled))) close(trip)
      // nothing was filled and nothing can be: there is no round trip to complete
      const isOver = ({ legs }: Trip) =>
        legs.flat().every(isFilled) ||
        (legs.flat().every(({ state }) => state === 'waiting') && legs.flat().some(({ attempts }) => attempts > 0))
      trips = trips.filter((trip) => !isOver(trip))
      for (const trip of trips) advance(trip)
      reportUnhedged()
      record()
    },
    openLegs: () => exchangeNames.reduce((sum, name) => sum + books.openOrders(name).length, 0),
  })
}
