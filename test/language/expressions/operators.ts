import { increase, rate, sum, vector } from '../../../definitions/language/index.ts'
import {
  bps,
  bytes,
  flag,
  GiB,
  hours,
  items,
  MiB,
  ms,
  percent,
  perHour,
  perMinute,
  perSecond,
  ratio,
  score,
  seconds,
  usdt,
} from '../../../definitions/language/metrics.ts'
import { mixed } from '../../../definitions/language/query/dimension.ts'
import { m } from '../metrics.ts'
import { per, row, targets } from '../row.ts'

const ofSymbol = ['symbol', ...targets] as const
const kept = ['bot', 'env'] as const
const errors = sum(rate(m.errors_total, '5m'))
const fees = sum(rate(m.fees_usdt_total, '5m'))
const orders = sum(increase(m.orders_total, '1h')).by('symbol')
const rejected = sum(increase(m.orders_total.where({ status: 'rejected' }), '1h')).by('symbol')

/** Comparisons and arithmetic, with unit scales and the dimension of the result. */
export const operatorRows = [
  row(m.equity_usdt.gt(usdt(1)), 'bot_equity_usdt > 1', targets, usdt),
  row(m.equity_usdt.gte(usdt(1)), 'bot_equity_usdt >= 1', targets, usdt),
  row(m.equity_usdt.lt(usdt(1e9)), 'bot_equity_usdt < 1000000000', targets, usdt),
  row(m.equity_usdt.lte(usdt(1e9)), 'bot_equity_usdt <= 1000000000', targets, usdt),
  row(m.connected.eq(flag(1)), 'bot_connected == 1', ofSymbol, flag),
  row(m.connected.neq(flag(7)), 'bot_connected != 7', ofSymbol, flag),
  row(m.queue_depth.gt(-1), 'bot_queue_depth > -1', targets, items),
  row(m.queue_depth.gt(1e9).bool, 'bot_queue_depth > bool 1000000000', targets, flag),
  row(m.equity_usdt.gt(m.cash_usdt).bool, 'bot_equity_usdt > bool bot_cash_usdt', targets, flag),
  row(m.sharpe.lt(score(100)), 'bot_sharpe < 100', ofSymbol, score),
  // a threshold in another scale
  row(m.drawdown_pct.gt(percent(-1)), 'bot_drawdown_pct > -1', targets, percent),
  row(m.drawdown_pct.lt(ratio(0.5)), 'bot_drawdown_pct < 50', targets, percent),
  row(m.drawdown_pct.gt(bps(20)), 'bot_drawdown_pct > 0.2', targets, percent),
  row(m.tick_milliseconds.lt(seconds(0.5)), 'bot_tick_milliseconds < 500', ofSymbol, ms),
  row(m.last_bar_age_seconds.lt(hours(2)), 'bot_last_bar_age_seconds < 7200', ofSymbol, seconds),
  row(m.memory_bytes.lt(GiB(2)), 'bot_memory_bytes < 2147483648', targets, bytes),
  row(m.memory_bytes.lt(MiB(1.5)).bool, 'bot_memory_bytes < bool 1572864', targets, flag),
  row(errors.lt(perSecond(2)), 'sum by (bot, env) (rate(bot_errors_total[5m])) < 2', kept, per(items)),
  row(errors.gt(perMinute(2)), 'sum by (bot, env) (rate(bot_errors_total[5m])) > 2 / 60', kept, per(items)),
  row(fees.gt(perHour(usdt(720))), 'sum by (bot, env) (rate(bot_fees_usdt_total[5m])) > 720 / 3600', kept, per(usdt)),
  row(
    rate(m.busy_seconds_total, '5m').lt(percent(95)),
    'rate(bot_busy_seconds_total[5m]) < 0.95',
    targets,
    per(seconds),
  ),
  // vectors with the same dimension in different scales
  row(
    m.tick_milliseconds.lt(m.tick_limit_seconds),
    'bot_tick_milliseconds < bot_tick_limit_seconds * 1000',
    ofSymbol,
    ms,
  ),
  row(
    m.tick_limit_seconds.gt(m.tick_milliseconds),
    'bot_tick_limit_seconds > bot_tick_milliseconds / 1000',
    ofSymbol,
    seconds,
  ),
  row(
    m.tick_milliseconds.plus(m.tick_limit_seconds),
    'bot_tick_milliseconds + bot_tick_limit_seconds * 1000',
    ofSymbol,
    ms,
  ),
  row(
    m.tick_limit_seconds.minus(m.tick_milliseconds),
    'bot_tick_limit_seconds - bot_tick_milliseconds / 1000',
    ofSymbol,
    seconds,
  ),
  row(
    m.tick_milliseconds.mod(m.tick_limit_seconds),
    'bot_tick_milliseconds % (bot_tick_limit_seconds * 1000)',
    ofSymbol,
    ms,
  ),
  row(
    m.tick_milliseconds.div(m.tick_limit_seconds).lt(percent(200)),
    'bot_tick_milliseconds / (bot_tick_limit_seconds * 1000) < 2',
    ofSymbol,
    ratio,
  ),
  // an amount multiplied or divided by a percentage
  row(m.equity_usdt.times(m.drawdown_pct), 'bot_equity_usdt * (bot_drawdown_pct / 100)', targets, usdt),
  row(m.drawdown_pct.times(m.equity_usdt), 'bot_drawdown_pct / 100 * bot_equity_usdt', targets, usdt),
  row(m.equity_usdt.div(m.drawdown_pct), 'bot_equity_usdt / (bot_drawdown_pct / 100)', targets, usdt),
  row(m.drawdown_pct.times(m.drawdown_pct), 'bot_drawdown_pct * (bot_drawdown_pct / 100)', targets, percent),
  // dimensions: same / same, plain numbers, per second / per second, and everything else
  row(m.cash_usdt.div(m.equity_usdt), 'bot_cash_usdt / bot_equity_usdt', targets, ratio),
  row(
    rejected.div(orders),
    'sum by (bot, env, symbol) (increase(bot_orders_total{status="rejected"}[1h])) / sum by (bot, env, symbol) (increase(bot_orders_total[1h]))',
    ['symbol', ...kept],
    ratio,
  ),
  row(m.equity_usdt.plus(m.cash_usdt), 'bot_equity_usdt + bot_cash_usdt', targets, usdt),
  row(m.equity_usdt.plus(usdt(5)), 'bot_equity_usdt + 5', targets, usdt),
  row(m.equity_usdt.minus(m.equity_usdt.offset('1h')), 'bot_equity_usdt - bot_equity_usdt offset 1h', targets, usdt),
  row(
    m.heartbeat_timestamp.minus(m.heartbeat_timestamp.offset('1h')),
    'bot_heartbeat_timestamp - bot_heartbeat_timestamp offset 1h',
    ofSymbol,
    seconds,
  ),
  row(m.equity_usdt.times(2), 'bot_equity_usdt * 2', targets, usdt),
  row(m.queue_depth.div(2), 'bot_queue_depth / 2', targets, items),
  row(m.equity_usdt.div(-2), 'bot_equity_usdt / -2', targets, usdt),
  row(m.notional_usdt.div(m.position_size), 'bot_notional_usdt / bot_position_size', ofSymbol, mixed),
  row(m.notional_usdt.div(m.position_size).as(usdt), 'bot_notional_usdt / bot_position_size', ofSymbol, usdt),
  row(m.notional_usdt.times(m.connected), 'bot_notional_usdt * bot_connected', ofSymbol, usdt),
  row(m.connected.times(m.notional_usdt), 'bot_connected * bot_notional_usdt', ofSymbol, usdt),
  row(
    fees.div(errors),
    'sum by (bot, env) (rate(bot_fees_usdt_total[5m])) / sum by (bot, env) (rate(bot_errors_total[5m]))',
    kept,
    usdt,
  ),
  row(m.sharpe.pow(2), 'bot_sharpe ^ 2', ofSymbol, score),
  row(m.equity_usdt.pow(0.5), 'bot_equity_usdt ^ 0.5', targets, mixed),
  row(m.equity_usdt.minus(m.cash_usdt).times(3), '(bot_equity_usdt - bot_cash_usdt) * 3', targets, usdt),
  row(m.equity_usdt.minus(m.cash_usdt.minus(usdt(1))), 'bot_equity_usdt - (bot_cash_usdt - 1)', targets, usdt),
  // and, or, unless between vectors with the same labels
  row(m.equity_usdt.and(m.cash_usdt), 'bot_equity_usdt and bot_cash_usdt', targets, usdt),
  row(m.equity_usdt.or(m.cash_usdt), 'bot_equity_usdt or bot_cash_usdt', targets, usdt),
  row(m.equity_usdt.unless(m.cash_usdt.lt(usdt(0))), 'bot_equity_usdt unless bot_cash_usdt < 0', targets, usdt),
  row(
    m.equity_usdt.gt(usdt(1)).and(m.cash_usdt.gt(usdt(1))),
    'bot_equity_usdt > 1 and bot_cash_usdt > 1',
    targets,
    usdt,
  ),
  row(
    m.equity_usdt
      .gt(usdt(1))
      .or(m.cash_usdt.gt(usdt(1)))
      .and(m.queue_depth.gt(0)),
    '(bot_equity_usdt > 1 or bot_cash_usdt > 1) and bot_queue_depth > 0',
    targets,
    usdt,
  ),
  row(vector(1).gt(0), 'vector(1) > 0', [], items),
]
