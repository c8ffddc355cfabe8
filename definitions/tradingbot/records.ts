import { bannedUntil } from '../exchange/ban.ts'
import { histogram_quantile, increase, min_over_time, rate, record, records, sum } from '../language/index.ts'
import { metrics } from './series.ts'

const { order_latency_ms, slippage_bps } = metrics

// Hours and days of samples are read once a minute, not at each evaluation.
/** Recorded series that rules and panels query by name. */
export const recordingRules = records('tradingbot', {
  banned_until_timestamp: record({
    help: 'Unix time until which the exchange bans the bot, also if a restart has made it forget the ban.',
    of: bannedUntil(metrics.banned_until_timestamp),
  }),
  fills_6h: record({
    help: 'Fills of the last six hours, across restarts of the bot.',
    of: sum(increase(order_latency_ms.count, '6h')).by('instance'),
    every: '1m',
  }),
  fills_2d: record({
    help: 'Fills of the last two days, across restarts of the bot.',
    of: sum(increase(order_latency_ms.count, '2d')).by('instance'),
    every: '1m',
  }),
  order_latency_p95_6h_ms: record({
    help: '95th percentile of the time to a fill over six hours.',
    of: histogram_quantile(0.95, sum(rate(order_latency_ms, '6h')).by('instance')),
    every: '1m',
  }),
  order_latency_p95_2d_ms: record({
    help: '95th percentile of the time to a fill over two days.',
    of: histogram_quantile(0.95, sum(rate(order_latency_ms, '2d')).by('instance')),
    every: '1m',
  }),
  slippage_p95_6h_bps: record({
    help: '95th percentile of the slippage over six hours.',
    of: histogram_quantile(0.95, sum(rate(slippage_bps, '6h')).by('instance')),
    every: '1m',
  }),
  slippage_p95_2d_bps: record({
    help: '95th percentile of the slippage over two days.',
    of: histogram_quantile(0.95, sum(rate(slippage_bps, '2d')).by('instance')),
    every: '1m',
  }),
  // 30 days of samples are read every two minutes, at a twelfth of the cost
  peak_since_min_30d_timestamp: record({
    help: 'Since when the peak of the balance had been kept at any time in the last 30 days.',
    of: min_over_time(metrics.peak_since_timestamp.over('30d')),
    every: '2m',
  }),
})
