import { ageOf, not, promql, time, timestampOf, vector } from '../../../definitions/language/index.ts'
import {
  bps,
  coins,
  flag,
  items,
  ms,
  percent,
  seconds,
  timestamp,
  usdt,
} from '../../../definitions/language/metrics.ts'
import { m } from '../metrics.ts'
import { row, targets } from '../row.ts'

/** Metrics, their matchers, and other ways to select series. */
export const selectorRows = [
  row(m.equity_usdt, 'bot_equity_usdt', targets, usdt),
  row(m.position_size, 'bot_position_size', ['symbol', ...targets], coins),
  row(m.orders_total.total, 'bot_orders_total', ['symbol', 'side', 'status', ...targets], items),
  row(m.info, 'bot_info', ['version', 'exchange', ...targets], flag),
  row(m.trading_mode, 'bot_trading_mode', ['bot_trading_mode', ...targets], flag),
  row(m.last_bar_age_seconds, 'bot_last_bar_age_seconds', ['symbol', ...targets], seconds),
  // the four matchers
  row(m.notional_usdt.where({ symbol: 'BTC' }), 'bot_notional_usdt{symbol="BTC"}', ['symbol', ...targets], usdt),
  row(m.notional_usdt.where({ symbol: not('ETH') }), 'bot_notional_usdt{symbol!="ETH"}', ['symbol', ...targets], usdt),
  row(
    m.notional_usdt.where({ symbol: /B.+|E.+/ }),
    'bot_notional_usdt{symbol=~"B.+|E.+"}',
    ['symbol', ...targets],
    usdt,
  ),
  row(m.notional_usdt.where({ symbol: not(/E.*/) }), 'bot_notional_usdt{symbol!~"E.*"}', ['symbol', ...targets], usdt),
  row(
    m.notional_usdt.where({ symbol: ['BTC', 'A.B+(C)'] }),
    'bot_notional_usdt{symbol=~"BTC|A\\\\.B\\\\+\\\\(C\\\\)"}',
    ['symbol', ...targets],
    usdt,
  ),
  row(m.equity_usdt.where({ env: 'live', job: 'bot' }), 'bot_equity_usdt{env="live", job="bot"}', targets, usdt),
  row(
    m.orders_total.where({ side: 'buy' }).where({ status: ['ack', 'filled'] }).total,
    'bot_orders_total{side="buy", status=~"ack|filled"}',
    ['symbol', 'side', 'status', ...targets],
    items,
  ),
  row(m.equity_usdt.offset('1h'), 'bot_equity_usdt offset 1h', targets, usdt),
  row(m.equity_usdt.where({ env: 'live' }).offset('30m'), 'bot_equity_usdt{env="live"} offset 30m', targets, usdt),
  row(m.info.offset('1h'), 'bot_info offset 1h', ['version', 'exchange', ...targets], flag),
  // states
  row(
    m.trading_mode.is('live'),
    'bot_trading_mode{bot_trading_mode="live"} == 1',
    ['bot_trading_mode', ...targets],
    flag,
  ),
  row(
    m.trading_mode.is('live').bool,
    'bot_trading_mode{bot_trading_mode="live"} == bool 1',
    ['bot_trading_mode', ...targets],
    flag,
  ),
  row(
    m.trading_mode.isNot('paper'),
    'bot_trading_mode{bot_trading_mode!="paper"} == 1',
    ['bot_trading_mode', ...targets],
    flag,
  ),
  row(
    m.trading_mode.where({ env: 'live' }).isNot('paper'),
    'bot_trading_mode{bot_trading_mode!="paper", env="live"} == 1',
    ['bot_trading_mode', ...targets],
    flag,
  ),
  row(m.trading_mode.current, 'bot_trading_mode == 1', ['bot_trading_mode', ...targets], flag),
  row(
    m.trading_mode.where({ env: 'live' }).is('live'),
    'bot_trading_mode{bot_trading_mode="live", env="live"} == 1',
    ['bot_trading_mode', ...targets],
    flag,
  ),
  // time
  row(vector(1), 'vector(1)', [], items),
  row(vector(time()), 'vector(time())', [], timestamp),
  row(ageOf(m.heartbeat_timestamp), 'time() - bot_heartbeat_timestamp', ['symbol', ...targets], seconds),
  row(timestampOf(m.equity_usdt), 'timestamp(bot_equity_usdt)', targets, timestamp),
  row(m.heartbeat_timestamp.lt(time()), 'bot_heartbeat_timestamp < time()', ['symbol', ...targets], timestamp),
  // PromQL as text
  row(
    promql`topk(5, ${m.notional_usdt})`.as(usdt, ['symbol', ...targets]),
    'topk(5, bot_notional_usdt)',
    ['symbol', ...targets],
    usdt,
  ),
  row(
    promql`rate(${m.orders_total.where({ side: 'buy' })}[5m]) > 0`.condition(items, [
      'symbol',
      'side',
      'status',
      ...targets,
    ]),
    'rate(bot_orders_total{side="buy"}[5m]) > 0',
    ['symbol', 'side', 'status', ...targets],
    items,
  ),
  row(
    promql`2 * ${m.equity_usdt.plus(m.cash_usdt)}`.as(usdt, targets).gt(usdt(1)),
    '(2 * (bot_equity_usdt + bot_cash_usdt)) > 1',
    targets,
    usdt,
  ),
  row(
    promql`3 * ${promql`${m.drawdown_pct} + 1`}`.as(percent, targets),
    '3 * (bot_drawdown_pct + 1)',
    targets,
    percent,
  ),
  row(m.tick_milliseconds.as(bps), 'bot_tick_milliseconds', ['symbol', ...targets], bps),
  row(m.tick_milliseconds, 'bot_tick_milliseconds', ['symbol', ...targets], ms),
]
