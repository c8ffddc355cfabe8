import { roundedTo } from '../../paper/rounded.ts'
import { fromMicros } from '../amount.ts'
import type { Report } from '../exchange/exchange.ts'
import type { TrackRecord } from '../record/track-record.ts'
import { type ExchangeName, exchangeNames, exchanges } from '../setting.ts'
import type { createRisk } from './risk.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { Signal } from './strategies.ts'
import { isFilled, type Trip, tripOf } from './trip.ts'
import { closeTrip, createUnhedged, fieldsOf } from './trip-lines.ts'

interface DeskOptions extends SenderOptions {
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

export function createDesk(options: DeskOptions): Desk {
  const { metrics, log, exchanges: venues, books, prices, judge, now } = options
  // Ids of different runs must differ.
  const run = Math.floor(now() / 1000).toString(36)
  let trips: readonly Trip[] = []
  let steps = 0
  const counts = { spatial: 0, triangular: 0, statistical: 0 }

  const { send, fail, succeed } = createSender(options, () => steps)
  const advance = (trip: Trip) => {
    const at = trip.legs.findIndex((group) => !group.every(isFilled))
    const group = trip.legs[at] ?? []
    const isLast = at === trip.legs.length - 1
    const hasBegun = group.some(({ attempts }) => attempts > 0)
    if (isLast && !hasBegun && trip.signal.closes?.(steps - trip.since) === false) return
    for (const [i, leg] of group.entries()) if (leg.state === 'waiting') send(trip, leg, `${at + 1}${'ab'[i]}`)
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
    succeed(exchange)
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
  const recordUnhedged = createUnhedged(options, () => trips)
  for (const exchange of exchangeNames) succeed(exchange)

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
      for (const trip of trips.filter(({ legs }) => legs.flat().every(isFilled))) closeTrip(options, trip)
      // nothing was filled and nothing can be: there is no round trip to complete
      const isOver = ({ legs }: Trip) =>
        legs.flat().every(isFilled) ||
        (legs.flat().every(({ state }) => state === 'waiting') && legs.flat().some(({ attempts }) => attempts > 0))
      trips = trips.filter((trip) => !isOver(trip))
      for (const trip of trips) advance(trip)
      recordUnhedged()
    },
    openLegs: () => exchangeNames.reduce((sum, name) => sum + books.openOrders(name).length, 0),
  })
}
