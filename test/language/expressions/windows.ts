import {
  avg_over_time,
  changes,
  count_over_time,
  delta,
  deriv,
  histogram_quantile,
  idelta,
  increase,
  increaseFromZero,
  irate,
  last_over_time,
  max_over_time,
  min_over_time,
  predict_linear,
  present_over_time,
  quantile_over_time,
  rate,
  resets,
  stddev_over_time,
  stdvar_over_time,
  sum,
  sum_over_time,
} from '../../../definitions/language/index.ts'
import { bps, bytes, flag, items, ms, seconds, timestamp, usdt } from '../../../definitions/language/metrics.ts'
import { mixed } from '../../../definitions/language/query/dimension.ts'
import { m } from '../metrics.ts'
import { per, row, targets } from '../row.ts'

const ofSymbol = ['symbol', ...targets] as const
const ofOrder = ['symbol', 'side', 'status', ...targets] as const
const ofGroup = ['bot', 'env', 'symbol'] as const

/** Counters, gauges and histograms over a window. */
export const windowRows = [
  row(rate(m.orders_total, '5m'), 'rate(bot_orders_total[5m])', ofOrder, per(items)),
  row(rate(m.fees_usdt_total, '1h30m'), 'rate(bot_fees_usdt_total[1h30m])', ofSymbol, per(usdt)),
  row(increase(m.orders_total, '5m'), 'increase(bot_orders_total[5m])', ofOrder, items),
  row(irate(m.orders_total, '5m'), 'irate(bot_orders_total[5m])', ofOrder, per(items)),
  row(resets(m.orders_total, '5m'), 'resets(bot_orders_total[5m])', ofOrder, items),
  row(
    rate(m.orders_total.where({ status: 'rejected' }).offset('30m'), '5m'),
    'rate(bot_orders_total{status="rejected"}[5m] offset 30m)',
    ofOrder,
    per(items),
  ),
  row(
    increaseFromZero(m.fees_usdt_total, '5m'),
    'bot_fees_usdt_total unless bot_fees_usdt_total offset 5m and on (bot, env, instance, job) up offset 5m == 1 unless increase(bot_fees_usdt_total[5m]) >= bot_fees_usdt_total or increase(bot_fees_usdt_total[5m])',
    ofSymbol,
    usdt,
  ),
  row(
    increaseFromZero(m.fees_usdt_total, '5m', m.start_timestamp),
    '(bot_fees_usdt_total unless bot_fees_usdt_total offset 5m and on (bot, env, instance, job) up offset 5m == 1 or bot_fees_usdt_total and on (bot, env, instance, job) time() - bot_start_timestamp < 300) unless increase(bot_fees_usdt_total[5m]) >= bot_fees_usdt_total or increase(bot_fees_usdt_total[5m])',
    ofSymbol,
    usdt,
  ),
  row(changes(m.notional_usdt, '5m'), 'changes(bot_notional_usdt[5m])', ofSymbol, items),
  row(delta(m.notional_usdt, '5m'), 'delta(bot_notional_usdt[5m])', ofSymbol, usdt),
  row(delta(m.heartbeat_timestamp, '5m'), 'delta(bot_heartbeat_timestamp[5m])', ofSymbol, seconds),
  row(idelta(m.tick_milliseconds, '5m'), 'idelta(bot_tick_milliseconds[5m])', ofSymbol, ms),
  row(deriv(m.memory_bytes, '5m'), 'deriv(bot_memory_bytes[5m])', targets, per(bytes)),
  row(predict_linear(m.memory_bytes, '5m', 3600), 'predict_linear(bot_memory_bytes[5m], 3600)', targets, bytes),
  // histograms: the builder adds `le` and the suffixes
  row(rate(m.order_latency_seconds, '5m'), 'rate(bot_order_latency_seconds_bucket[5m])', ofSymbol, seconds),
  row(increase(m.slippage_bps, '5m'), 'increase(bot_slippage_bps_bucket[5m])', ['symbol', 'side', ...targets], bps),
  row(
    histogram_quantile(0.95, rate(m.order_latency_seconds, '5m')),
    'histogram_quantile(0.95, rate(bot_order_latency_seconds_bucket[5m]))',
    ofSymbol,
    seconds,
  ),
  row(
    histogram_quantile(0.5, sum(rate(m.slippage_bps.where({ side: 'buy' }), '5m')).by('symbol')),
    'histogram_quantile(0.5, sum by (bot, env, le, symbol) (rate(bot_slippage_bps_bucket{side="buy"}[5m])))',
    ofGroup,
    bps,
  ),
  row(increase(m.order_latency_seconds.count, '5m'), 'increase(bot_order_latency_seconds_count[5m])', ofSymbol, items),
  row(rate(m.reply_milliseconds.sum, '5m'), 'rate(bot_reply_milliseconds_sum[5m])', ofSymbol, per(ms)),
  row(
    rate(m.reply_milliseconds.sum, '5m').div(rate(m.reply_milliseconds.count, '5m')),
    'rate(bot_reply_milliseconds_sum[5m]) / rate(bot_reply_milliseconds_count[5m])',
    ofSymbol,
    ms,
  ),
  row(
    increase(m.slippage_bps.count, '5m'),
    'increase(bot_slippage_bps_bucket{le="+Inf"}[5m])',
    ['le', 'symbol', 'side', ...targets],
    items,
  ),
  row(
    increase(m.slippage_bps.upTo(bps(5)), '5m'),
    'increase(bot_slippage_bps_bucket{le="5.0"}[5m])',
    ['le', 'symbol', 'side', ...targets],
    items,
  ),
  row(
    increase(m.order_latency_seconds.upTo(ms(100)), '5m'),
    'increase(bot_order_latency_seconds_bucket{le="0.1"}[5m])',
    ['le', ...ofSymbol],
    items,
  ),
  row(
    sum(increase(m.slippage_bps.where({ side: 'buy' }).count, '5m')).by('symbol'),
    'sum by (bot, env, symbol) (increase(bot_slippage_bps_bucket{le="+Inf", side="buy"}[5m]))',
    ofGroup,
    items,
  ),
  // any vector over a window: a selector directly, anything else as a subquery
  row(avg_over_time(m.notional_usdt.over('5m')), 'avg_over_time(bot_notional_usdt[5m])', ofSymbol, usdt),
  row(min_over_time(m.notional_usdt.over('5m')), 'min_over_time(bot_notional_usdt[5m])', ofSymbol, usdt),
  row(max_over_time(m.notional_usdt.over('5m')), 'max_over_time(bot_notional_usdt[5m])', ofSymbol, usdt),
  row(sum_over_time(m.notional_usdt.over('5m')), 'sum_over_time(bot_notional_usdt[5m])', ofSymbol, usdt),
  row(last_over_time(m.notional_usdt.over('5m')), 'last_over_time(bot_notional_usdt[5m])', ofSymbol, usdt),
  row(stddev_over_time(m.notional_usdt.over('5m')), 'stddev_over_time(bot_notional_usdt[5m])', ofSymbol, usdt),
  row(stdvar_over_time(m.notional_usdt.over('5m')), 'stdvar_over_time(bot_notional_usdt[5m])', ofSymbol, mixed),
  row(count_over_time(m.notional_usdt.over('5m')), 'count_over_time(bot_notional_usdt[5m])', ofSymbol, items),
  row(present_over_time(m.notional_usdt.over('5m')), 'present_over_time(bot_notional_usdt[5m])', ofSymbol, flag),
  row(
    quantile_over_time(0.9, m.notional_usdt.over('5m')),
    'quantile_over_time(0.9, bot_notional_usdt[5m])',
    ofSymbol,
    usdt,
  ),
  row(
    max_over_time(m.heartbeat_timestamp.over('5m').offset('30m')),
    'max_over_time(bot_heartbeat_timestamp[5m] offset 30m)',
    ofSymbol,
    timestamp,
  ),
  row(
    max_over_time(sum(m.notional_usdt).by('symbol').over('30m', '1m')),
    'max_over_time(sum by (bot, env, symbol) (bot_notional_usdt)[30m:1m])',
    ofGroup,
    usdt,
  ),
  row(
    max_over_time(rate(m.orders_total, '5m').over('30m').offset('10m')),
    'max_over_time(rate(bot_orders_total[5m])[30m:] offset 10m)',
    ofOrder,
    per(items),
  ),
  row(
    min_over_time(m.equity_usdt.minus(m.cash_usdt).over('30m')),
    'min_over_time((bot_equity_usdt - bot_cash_usdt)[30m:])',
    targets,
    usdt,
  ),
  row(min_over_time(m.queue_depth.over('5m', '1m')), 'min_over_time(bot_queue_depth[5m:1m])', targets, items),
]
