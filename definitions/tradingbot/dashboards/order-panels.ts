import {
  ageOf,
  heatmap,
  histogram_quantile,
  increase,
  increaseFromZero,
  rate,
  sum,
  timeseries,
} from '../../language/index.ts'
import { metrics } from '../series.ts'
import { quantileColours, reasonColours, symbolColours } from './colours.ts'

/** A quantile of the time from sending an order to its fill. */
export const latency = (q: number) => histogram_quantile(q, sum(rate(metrics.order_latency_ms, '15m')))

/** Panels about orders: how they are filled, what they cost, and whether there are any. */
export const orderPanels = {
  latency: timeseries({
    title: 'Order latency',
    description: 'From sending an order to its fill, over 15 minutes.',
    show: { p50: latency(0.5), p95: latency(0.95), p99: latency(0.99) },
    colours: quantileColours,
    min: 0,
    emptyMeans: 'no order was filled in 15 minutes',
  }),
  slippage: timeseries({
    title: 'Slippage, p95',
    description: 'Fill price against expected price over an hour; positive costs money.',
    show: histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h'))),
    emptyMeans: 'no order was filled in an hour',
  }),
  slippageDistribution: heatmap({
    title: 'Slippage distribution',
    show: sum(increase(metrics.slippage_bps, '5m')),
    emptyMeans: 'no order was filled in five minutes',
  }),
  fills: timeseries({
    title: 'Fills by symbol and side, 1 h',
    show: sum(increase(metrics.orders_total, '1h')).by('symbol', 'side'),
    colours: symbolColours,
    emptyMeans: 'the bot has filled no order yet',
    decimals: 0,
    bars: true,
    stacked: true,
  }),
  flow: timeseries({
    title: 'Signals, orders and fills, 1 h',
    description: 'Each signal asks for an order, and each order ends as a fill or failed.',
    show: {
      signals: sum(increase(metrics.signals_total, '1h')),
      placed: sum(increase(metrics.orders_placed_total, '1h')),
      filled: sum(increase(metrics.orders_total, '1h')),
    },
    colours: { signals: 'yellow', placed: 'cyan', filled: 'blue' },
    min: 0,
    decimals: 0,
    emptyMeans: 'the bot has had no signal yet',
  }),
  failed: timeseries({
    title: 'Failed orders by reason, 1 h',
    show: sum(increaseFromZero(metrics.orders_failed_total, '1h', metrics.start_timestamp))
      .by('reason')
      .gt(0),
    colours: reasonColours,
    emptyMeans: 'no order failed in an hour',
    decimals: 0,
    bars: true,
    stacked: true,
  }),
  openOrders: timeseries({
    title: 'Open and unresolved orders',
    description: 'An unresolved order was sent, and nobody knows whether it exists.',
    show: { open: metrics.open_orders, unresolved: metrics.unresolved_orders },
    colours: { open: 'blue', unresolved: 'orange' },
    min: 0,
    decimals: 0,
  }),
  unresolvedAge: timeseries({
    title: 'Age of the oldest unresolved order',
    show: ageOf(metrics.oldest_unresolved_order_timestamp),
    emptyMeans: 'the end of every order is known',
    min: 0,
  }),
  sinceFill: timeseries({
    title: 'Time since the last fill, and the usual gap',
    show: { 'since the last fill': ageOf(metrics.last_order_timestamp), 'usual gap': metrics.usual_trade_gap_seconds },
    colours: { 'since the last fill': 'blue', 'usual gap': 'grey' },
    min: 0,
    emptyMeans: 'the account is new and has no fill yet',
  }),
}
