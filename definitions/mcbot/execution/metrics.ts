import { bps, counter, deviation, histogram, oneOf, seconds, usdt } from '../../language/metrics.ts'
import { side, symbol } from '../labels.ts'

/** Layer 1: what became of orders, and what they cost. */
export const execution = {
  orders_total: counter({
    help: 'Orders by what happened to them: one counts when acknowledged and again when filled, or once when rejected.',
    labels: { symbol, side, order_type: oneOf('market', 'limit'), status: oneOf('ack', 'filled', 'rejected') },
  }),
  order_latency_seconds: histogram({
    help: 'Time from sending an order to its fill.',
    unit: seconds,
    labels: { symbol },
    buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 3, 5, 10, 30],
  }),
  slippage_bps: histogram({
    help: 'Distance of the fill price from the expected price in basis points; positive costs money.',
    unit: bps,
    labels: { symbol, side },
    buckets: [-50, -20, -10, -5, -2, 0, 2, 5, 10, 15, 20, 25, 30, 50, 100],
    deviates: deviation(
      'mcbot_slippage_bps is a histogram of the distance, read as mcbot_slippage_bps',
      'A fill may be better than expected, so bounds below zero stand beside the others; OpenMetrics allows no sum there, so only buckets are exposed and the count is the +Inf bucket.',
    ),
  }),
  order_rejected_total: counter({
    help: 'Orders that were refused, by the reason given.',
    labels: {
      symbol,
      reason: oneOf('insufficient_margin', 'price_filter', 'min_notional', 'rate_limit', 'risk_limit', 'other'),
    },
  }),
  fees_usdt_total: counter({
    help: 'Trading fees paid.',
    unit: usdt,
    labels: { symbol },
    deviates: deviation(
      'mcbot_fees_usdt_total is the counter of fees',
      'A fee may be negative for a maker and a counter may not go down: it counts only fees paid, and mcbot_fee_rebates_usdt_total counts what the exchange pays back.',
    ),
  }),
  fee_rebates_usdt_total: counter({
    help: 'Rebates that the exchange paid for providing liquidity.',
    unit: usdt,
    labels: { symbol },
    deviates: deviation(
      'no metric for rebates',
      'Negative fees cannot be taken from mcbot_fees_usdt_total, so they are a counter of their own.',
    ),
  }),
  fills_total: counter({
    help: 'Fills received.',
    labels: { symbol, side },
    deviates: deviation(
      'mcbot_fills',
      'Prometheus asks for OpenMetrics first, where a counter is exposed with _total: without it the name would depend on the format.',
    ),
  }),
  signals_total: counter({
    help: 'Trading signals raised by all strategies.',
    labels: { symbol },
    deviates: deviation('mcbot_signals', 'A counter ends in _total in every exposition format.'),
  }),
  bars_total: counter({
    help: 'Price bars processed.',
    labels: { timeframe: oneOf('1m', '5m', '15m', '1h', '4h', '1d') },
    deviates: deviation('mcbot_bars', 'A counter ends in _total in every exposition format.'),
  }),
}
