import { bps, counter, deviation, gauge, histogram, ms, timestamp, usd } from '../../language/metrics.ts'
import { exchange, failureReason, result, strategy } from '../labels.ts'
import { neededByPanel, notInDocument, withLabels } from '../metric-deviations.ts'

const unhedged = notInDocument(
  'legs without a counter-leg',
  'If one leg is filled and the other is not, what looked like a riskless trade is a position in one direction.',
)

/** Legs and round trips: what the bot sends, what becomes of it, and what is left of the expected edge. */
export const legMetrics = {
  order_execution_latency_ms: histogram({
    help: 'Time from sending a leg to its complete fill.',
    unit: ms,
    labels: { exchange },
    buckets: [25, 50, 100, 250, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 30_000],
    deviates: deviation(
      'order_execution_latency_ms is listed without type or labels',
      'A gauge shows only the last leg before a scrape, on whichever exchange it was: all of them are counted, by exchange.',
    ),
  }),
  order_failures_total: counter({
    help: 'Legs that ended without a complete fill, by reason.',
    labels: { exchange, reason: failureReason },
    deviates: withLabels(
      'order_failures_total',
      'exchange and reason',
      'one exchange that refuses orders leaves legs of all others unhedged.',
    ),
  }),
  consecutive_order_failures: gauge({
    help: 'Legs that failed one after another on the exchange; the next complete fill resets it to zero.',
    labels: { exchange },
    additive: false,
    initially: 0,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'order_failures_total has the condition “three in a row”',
      'A streak cannot be read off a counter: it does not say what was filled in between. The bot counts it.',
    ),
  }),
  open_legs: gauge({
    help: 'Legs that were sent to the exchange and are not completely filled.',
    labels: { exchange },
    mustBeSetWithin: '5m',
    deviates: notInDocument('open legs', 'They stay at the exchange if the bot goes down: the message says how many.'),
  }),
  unhedged_legs: gauge({
    help: 'Legs that are filled on the exchange while their counter-leg is not.',
    labels: { exchange },
    mustBeSetWithin: '5m',
    deviates: unhedged,
  }),
  oldest_unhedged_leg_timestamp: gauge({
    help: 'Unix time at which the oldest unhedged leg was filled. Absent if there is none.',
    unit: timestamp,
    additive: false,
    mayBeAbsent: { for: 'forever', because: 'usually each leg has its counter-leg' },
    deviates: unhedged,
  }),
  unhedged_value_usd: gauge({
    help: 'Gross value of all unhedged legs at the current price.',
    unit: usd,
    mustBeSetWithin: '5m',
    deviates: unhedged,
  }),
  round_trips_total: counter({
    help: 'Round trips closed, by whether anything was left after all fees.',
    labels: { strategy, result },
    deviates: notInDocument(
      'round trips',
      'A win rate without the number of trades behind it says nothing: 0 % of two is chance.',
    ),
  }),
  edge_shortfall_bps: histogram({
    help: 'Expected edge of a round trip minus its realized edge, both after fees; positive costs money.',
    unit: bps,
    labels: { strategy },
    buckets: [-50, -20, -10, -5, -2, 0, 2, 5, 10, 15, 20, 30, 50, 100],
    deviates: notInDocument(
      'realized edge',
      'A bot whose expected edge is never realized detects signals, executes them, and loses money on each. A round trip can end better than expected, so some bounds are below zero.',
    ),
  }),
  fees_usd_total: counter({
    help: 'Fees paid to the exchange, for trades and for withdrawals.',
    unit: usd,
    labels: { exchange },
    deviates: neededByPanel('누적 PnL', 'Fees are what turns a spread into a loss: PnL is explained with them.'),
  }),
}
