import {
  barGauge,
  dashboard,
  heatmap,
  histogram_quantile,
  increase,
  increaseFromZero,
  labelValues,
  max,
  percent,
  pie,
  rate,
  stat,
  sum,
  timeseries,
} from '../../language/index.ts'
import { metrics } from '../series.ts'
import { outcomeColours, reasonColours, symbolColours } from './colours.ts'

const latency = (q: number) => histogram_quantile(q, sum(rate(metrics.order_latency_seconds, '15m')))

/** Execution Quality: what an order costs beyond its price. */
export const executionDashboard = dashboard({
  title: 'Execution Quality',
  description: 'How fast and how close to the expected price orders are filled, and what they cost.',
  variables: { symbol: labelValues(metrics.fills_total, 'symbol', 'Symbol') },
  panels: {
    fillsNow: stat({ title: 'Fills, 24 h', show: sum(increase(metrics.fills_total, '24h')), decimals: 0 }),
    feesNow: stat({
      title: 'Net fees, 24 h',
      show: sum(increase(metrics.fees_usdt_total, '24h')).minus(sum(increase(metrics.fee_rebates_usdt_total, '24h'))),
      decimals: 2,
    }),
    rejectedShare: stat({
      title: 'Orders rejected, 1 h',
      show: sum(increase(metrics.orders_total.where({ status: 'rejected' }), '1h')).div(
        sum(increase(metrics.orders_total.where({ status: ['ack', 'rejected'] }), '1h')),
      ),
      limits: [{ severity: 'warning', above: percent(20) }],
      decimals: 1,
    }),
    slippageNow: stat({
      title: 'Worst slippage, p95',
      description: 'The highest of all symbols, over an hour.',
      show: max(histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h')).by('symbol', 'instance'))),
      emptyMeans: 'no fills in an hour',
      decimals: 1,
    }),
    rejectedInARow: stat({
      title: 'Orders rejected in a row',
      show: max(metrics.consecutive_rejections),
      emptyMeans: 'no order answered since the start',
      decimals: 0,
    }),
    slippageCostNow: stat({
      title: 'Net slippage, 24 h',
      show: sum(increase(metrics.slippage_cost_usdt_total, '24h')).minus(
        sum(increase(metrics.slippage_gain_usdt_total, '24h')),
      ),
      decimals: 2,
    }),
    latency: timeseries({
      title: 'Fill latency',
      show: { p50: latency(0.5), p95: latency(0.95), p99: latency(0.99) },
      colours: { p50: 'cyan', p95: 'blue', p99: 'purple' },
      min: 0,
      emptyMeans: 'no orders filled in 15 minutes',
    }),
    latencyBySymbol: timeseries({
      title: 'Fill latency by symbol, p95',
      show: histogram_quantile(0.95, sum(rate(metrics.order_latency_seconds, '15m')).by('symbol')),
      colours: symbolColours,
      min: 0,
      emptyMeans: 'no orders filled in 15 minutes',
    }),
    slippage: timeseries({
      title: 'Slippage by symbol, p95',
      description: 'Fill price against expected price; positive costs money.',
      show: histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h')).by('symbol')),
      colours: symbolColours,
      emptyMeans: 'no fills in an hour',
    }),
    slippageDistribution: heatmap({
      title: 'Slippage distribution',
      show: sum(increase(metrics.slippage_bps, '5m')),
      emptyMeans: 'no fills in five minutes',
    }),
    slippageFills: timeseries({
      title: 'Fills with a known expected price, 1 h',
      show: sum(increase(metrics.slippage_bps.count, '1h')).by('symbol'),
      colours: symbolColours,
      min: 0,
      decimals: 0,
    }),
    fees: timeseries({
      title: 'Fee accumulation since the bot started',
      show: {
        fees: sum(metrics.fees_usdt_total.total).by('symbol'),
        rebates: sum(metrics.fee_rebates_usdt_total.total),
      },
      colours: { ...symbolColours, rebates: 'green' },
    }),
    feesByHour: timeseries({
      title: 'Fees and rebates, 1 h',
      show: {
        fees: sum(increase(metrics.fees_usdt_total, '1h')),
        rebates: sum(increase(metrics.fee_rebates_usdt_total, '1h')),
      },
      colours: { fees: 'blue', rebates: 'green' },
      bars: true,
    }),
    slippageByHour: timeseries({
      title: 'Cost and gain of slippage, 1 h',
      description: 'Fill prices against expected prices, in money.',
      show: {
        cost: sum(increase(metrics.slippage_cost_usdt_total, '1h')),
        gain: sum(increase(metrics.slippage_gain_usdt_total, '1h')),
      },
      colours: { cost: 'blue', gain: 'green' },
      bars: true,
    }),
    slippageBySymbol: timeseries({
      title: 'Cost of slippage by symbol, 24 h',
      show: sum(increase(metrics.slippage_cost_usdt_total, '24h')).by('symbol'),
      colours: symbolColours,
      min: 0,
    }),
    orders: timeseries({
      title: 'Orders by outcome, 24 h',
      description:
        'An order counts once when the exchange acknowledges it and again when it is filled, or once when it is rejected.',
      show: sum(increase(metrics.orders_total, '24h')).by('status'),
      colours: outcomeColours,
      min: 0,
      decimals: 0,
    }),
    orderTypes: pie({
      title: 'Accepted orders by type, 24 h',
      show: sum(increase(metrics.orders_total.where({ status: 'ack' }), '24h')).by('order_type'),
      colours: { market: 'blue', limit: 'purple' },
      decimals: 0,
    }),
    rejected: timeseries({
      title: 'Rejected orders by reason, 24 h',
      description: 'The window of OrderRejections, which counts the first rejection for a reason as well.',
      show: sum(increaseFromZero(metrics.order_rejected_total, '24h', metrics.start_timestamp))
        .by('reason')
        .gt(0),
      colours: reasonColours,
      emptyMeans: 'no orders rejected in 24 hours',
      decimals: 0,
      stacked: true,
    }),
    fills: timeseries({
      title: 'Fills by symbol and side, 1 h',
      show: sum(increase(metrics.fills_total, '1h')).by('symbol', 'side'),
      colours: symbolColours,
      decimals: 0,
      height: 11,
      bars: true,
      stacked: true,
    }),
    signals: timeseries({
      title: 'Signals by symbol, 1 h',
      show: sum(increase(metrics.signals_total, '1h')).by('symbol'),
      colours: symbolColours,
      decimals: 0,
      height: 11,
      bars: true,
      stacked: true,
    }),
    bars: barGauge({
      title: 'Bars processed, 1 h',
      show: sum(increase(metrics.bars_total, '1h')).by('timeframe'),
      decimals: 0,
    }),
  },
  rows: {
    'At a glance': ['slippageNow', 'slippageCostNow', 'rejectedShare', 'rejectedInARow', 'feesNow', 'fillsNow'],
    Speed: ['latency', 'latencyBySymbol'],
    Price: ['slippage', 'slippageDistribution', 'slippageFills'],
    Cost: ['fees', 'feesByHour', 'slippageByHour', 'slippageBySymbol'],
    Orders: ['orders', 'rejected', 'fills', 'signals', 'orderTypes', 'bars'],
  },
})
