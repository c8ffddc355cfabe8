import { bps, counter, deviation, gauge, histogram, ms, seconds, timestamp } from '../../language/metrics.ts'
import { failureReason, side, symbol } from '../labels.ts'
import { behindPrefix, notInDocument } from '../metric-deviations.ts'

/** What happens to orders, and what they cost. */
export const orderMetrics = {
  orders_total: counter({
    help: 'Orders filled completely.',
    labels: { symbol, side },
    deviates: deviation(
      'orders_total, orders_buy and (implied) orders_sell are three counters',
      'A name per side cannot be added up or compared: the side is a label. As in the document, an order counts when it is filled.',
    ),
  }),
  orders_placed_total: counter({
    help: 'Orders sent to the exchange.',
    labels: { symbol, side },
    deviates: notInDocument(
      'orders that were sent',
      'Only fills are counted: an order whose end the bot never learns of would leave no trace.',
    ),
  }),
  orders_failed_total: counter({
    help: 'Orders that ended without a complete fill, by reason.',
    labels: { symbol, reason: failureReason },
    deviates: notInDocument('orders that failed', 'The type order_failed exists in the log only.'),
  }),
  open_orders: gauge({
    help: 'Orders at the exchange that are not completely filled.',
    deviates: notInDocument(
      'open orders',
      'They stay at the exchange if the bot goes down: the message says how many.',
    ),
  }),
  unresolved_orders: gauge({
    help: 'Orders that were sent, are not open at the exchange, and have no end in the log.',
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'orders of unknown state',
      'After a timeout the bot does not know whether an order exists: a second one doubles the position.',
    ),
  }),
  oldest_unresolved_order_timestamp: gauge({
    help: 'Unix time at which the oldest unresolved order was sent. Absent if there is none.',
    unit: timestamp,
    additive: false,
    mayBeAbsent: { for: 'forever', because: 'usually no order is unresolved' },
    deviates: notInDocument(
      'orders of unknown state',
      'Every order is unresolved for a moment: its age tells whether it matters.',
    ),
  }),
  order_latency_ms: histogram({
    help: 'Time from sending an order to its fill.',
    unit: ms,
    labels: { symbol },
    buckets: [10, 25, 50, 100, 250, 500, 1000, 2000, 3000, 3500, 4000, 5000, 7000, 10_000],
    deviates: behindPrefix('order_latency_ms'),
  }),
  slippage_bps: histogram({
    help: 'Fill price against the expected price in basis points; positive costs money.',
    unit: bps,
    labels: { symbol, side },
    buckets: [-50, -20, -10, -5, -2, 0, 2, 5, 7.5, 10, 15, 20, 50, 100],
    deviates: deviation(
      'slippage_bps_p95 is in the checklist, and nothing measures it',
      'Every fill is observed; the 95th percentile is a query. A fill can be better than expected, so some bounds are below zero.',
    ),
  }),
  signals_total: counter({
    help: 'Trading signals that ask for an order.',
    labels: { symbol },
    deviates: notInDocument(
      'signals',
      'Signals that no order follows are the first trace of a bot that no longer trades.',
    ),
  }),
  last_order_timestamp: gauge({
    help: 'Unix time of the last fill, also before the last restart. Absent before the first fill of the account.',
    unit: timestamp,
    additive: false,
    mayBeAbsent: { for: 'forever', because: 'a new account has no fill yet' },
    deviates: notInDocument(
      'the time of the last trade',
      'A counter that has stopped does not say for how long, and a restart resets it.',
    ),
  }),
  usual_trade_gap_seconds: gauge({
    help: 'The longest time between two fills that is usual for this bot: the 90th percentile of its last hundred gaps.',
    unit: seconds,
    additive: false,
    mayBeAbsent: { for: 'forever', because: 'a new account has too few fills for a usual gap' },
    deviates: notInDocument(
      'how often the bot trades',
      'A silence is only remarkable next to what is usual: an hour is long for one bot and short for another.',
    ),
  }),
}
