import { max, rate, sum, vector } from '../../../definitions/language/index.ts'
import { flag, items, ms, ratio, usdt } from '../../../definitions/language/metrics.ts'
import { m } from '../metrics.ts'
import { per, row, rowOfBothSides, targets } from '../row.ts'

const ofSymbol = ['symbol', ...targets] as const
const kept = ['bot', 'env'] as const
const notional = sum(m.notional_usdt.where({ symbol: 'BTC' })).by('symbol')
const perInstance = sum(rate(m.errors_total, '5m')).by('component', 'instance', 'job')

/** on, ignoring, group_left and group_right, with the labels of the result. */
export const matchingRows = [
  // one-to-one arithmetic and comparison keep only the matching labels
  row(
    m.tick_milliseconds
      .where({ symbol: 'BTC' })
      .on(...targets)
      .div(m.tick_milliseconds.where({ symbol: 'ETH' })),
    'bot_tick_milliseconds{symbol="BTC"} / on (bot, env, instance, job) bot_tick_milliseconds{symbol="ETH"}',
    targets,
    ratio,
  ),
  row(
    m.tick_milliseconds
      .where({ symbol: 'BTC' })
      .on(...targets)
      .lt(m.tick_milliseconds.where({ symbol: 'ETH' })),
    'bot_tick_milliseconds{symbol="BTC"} < on (bot, env, instance, job) bot_tick_milliseconds{symbol="ETH"}',
    targets,
    ms,
  ),
  row(
    m.tick_milliseconds
      .where({ symbol: 'BTC' })
      .on(...targets)
      .gt(m.tick_milliseconds.where({ symbol: 'ETH' })).bool,
    'bot_tick_milliseconds{symbol="BTC"} > bool on (bot, env, instance, job) bot_tick_milliseconds{symbol="ETH"}',
    targets,
    flag,
  ),
  row(
    m.tick_milliseconds
      .where({ symbol: 'BTC' })
      .ignoring('symbol')
      .minus(m.tick_milliseconds.where({ symbol: 'ETH' })),
    'bot_tick_milliseconds{symbol="BTC"} - ignoring (symbol) bot_tick_milliseconds{symbol="ETH"}',
    targets,
    ms,
  ),
  row(
    m.tick_milliseconds
      .where({ symbol: 'BTC' })
      .ignoring('symbol')
      .neq(m.tick_milliseconds.where({ symbol: 'ETH' })),
    'bot_tick_milliseconds{symbol="BTC"} != ignoring (symbol) bot_tick_milliseconds{symbol="ETH"}',
    targets,
    ms,
  ),
  row(
    m.equity_usdt.ignoring('version', 'exchange').times(m.info),
    'bot_equity_usdt * ignoring (exchange, version) bot_info',
    targets,
    usdt,
  ),
  row(
    m.tick_limit_seconds.on(...ofSymbol).mod(m.tick_limit_seconds),
    'bot_tick_limit_seconds % on (bot, env, instance, job, symbol) bot_tick_limit_seconds',
    ofSymbol,
    m.tick_limit_seconds.unit as never,
  ),
  row(
    sum(m.cash_usdt).across('bot', 'env').on().plus(sum(m.equity_usdt).across('bot', 'env')),
    'sum(bot_cash_usdt) + on () sum(bot_equity_usdt)',
    [],
    usdt,
  ),
  // many-to-one keeps the labels of the many side, plus the included ones
  row(
    m.notional_usdt
      .on(...targets)
      .group_left()
      .div(m.equity_usdt),
    'bot_notional_usdt / on (bot, env, instance, job) group_left () bot_equity_usdt',
    ofSymbol,
    ratio,
  ),
  row(
    perInstance.on('instance', 'job', 'bot', 'env').group_left('version').times(m.info),
    'sum by (bot, component, env, instance, job) (rate(bot_errors_total[5m])) * on (bot, env, instance, job) group_left (version) bot_info',
    ['component', 'version', ...targets],
    per(items),
  ),
  row(
    m.notional_usdt.ignoring('symbol', 'version', 'exchange').group_left('exchange').times(m.info),
    'bot_notional_usdt * ignoring (exchange, symbol, version) group_left (exchange) bot_info',
    ['symbol', 'exchange', ...targets],
    usdt,
  ),
  row(
    m.notional_usdt
      .on(...kept)
      .group_left()
      .lte(max(m.notional_usdt)),
    'bot_notional_usdt <= on (bot, env) group_left () max by (bot, env) (bot_notional_usdt)',
    ofSymbol,
    usdt,
  ),
  row(
    m.notional_usdt.ignoring('symbol').group_left().lt(m.equity_usdt).bool,
    'bot_notional_usdt < bool ignoring (symbol) group_left () bot_equity_usdt',
    ofSymbol,
    flag,
  ),
  // one-to-many keeps the labels of the right side
  row(
    m.equity_usdt
      .on(...targets)
      .group_right()
      .minus(m.notional_usdt),
    'bot_equity_usdt - on (bot, env, instance, job) group_right () bot_notional_usdt',
    ofSymbol,
    usdt,
  ),
  row(
    m.info
      .on(...targets)
      .group_right('version')
      .times(m.notional_usdt),
    'bot_info * on (bot, env, instance, job) group_right (version) bot_notional_usdt',
    ['symbol', 'version', ...targets],
    usdt,
  ),
  row(
    m.equity_usdt
      .on(...targets)
      .group_right()
      .lt(m.notional_usdt),
    'bot_equity_usdt < on (bot, env, instance, job) group_right () bot_notional_usdt',
    ofSymbol,
    usdt,
  ),
  // and, or, unless keep the left side's labels
  row(
    m.notional_usdt
      .gt(usdt(0))
      .on(...kept)
      .and(sum(m.equity_usdt).gt(usdt(0))),
    'bot_notional_usdt > 0 and on (bot, env) sum by (bot, env) (bot_equity_usdt) > 0',
    ofSymbol,
    usdt,
  ),
  row(
    m.notional_usdt.ignoring('symbol').and(m.equity_usdt),
    'bot_notional_usdt and ignoring (symbol) bot_equity_usdt',
    ofSymbol,
    usdt,
  ),
  row(
    m.notional_usdt.on('symbol').unless(m.connected.eq(flag(7))),
    'bot_notional_usdt unless on (symbol) bot_connected == 7',
    ofSymbol,
    usdt,
  ),
  rowOfBothSides(
    notional.on('symbol').or(m.notional_usdt),
    'sum by (bot, env, symbol) (bot_notional_usdt{symbol="BTC"}) or on (symbol) bot_notional_usdt',
    ofSymbol,
    usdt,
  ),
  rowOfBothSides(
    notional.on().or(vector(0)),
    'sum by (bot, env, symbol) (bot_notional_usdt{symbol="BTC"}) or on () vector(0)',
    ['symbol', ...kept],
    usdt,
  ),
]
