import {
  abs,
  absent,
  absent_over_time,
  ceil,
  clamp,
  clamp_max,
  clamp_min,
  exp,
  floor,
  label_join,
  label_replace,
  ln,
  log2,
  log10,
  round,
  sgn,
  sort,
  sort_desc,
  sqrt,
  sum,
} from '../../../definitions/language/index.ts'
import { flag, items, ms, percent, ratio, score, seconds, usdt } from '../../../definitions/language/metrics.ts'
import { mixed } from '../../../definitions/language/query/dimension.ts'
import { m } from '../metrics.ts'
import { row, targets } from '../row.ts'

const ofSymbol = ['symbol', ...targets] as const

/** Functions over vectors. */
export const functionRows = [
  row(abs(m.equity_usdt), 'abs(bot_equity_usdt)', targets, usdt),
  row(ceil(m.queue_depth), 'ceil(bot_queue_depth)', targets, items),
  row(floor(m.queue_depth), 'floor(bot_queue_depth)', targets, items),
  row(sort(m.notional_usdt), 'sort(bot_notional_usdt)', ofSymbol, usdt),
  row(sort_desc(m.notional_usdt), 'sort_desc(bot_notional_usdt)', ofSymbol, usdt),
  row(sgn(m.equity_usdt), 'sgn(bot_equity_usdt)', targets, score),
  row(ln(m.equity_usdt), 'ln(bot_equity_usdt)', targets, mixed),
  row(log2(m.equity_usdt), 'log2(bot_equity_usdt)', targets, mixed),
  row(log10(m.equity_usdt), 'log10(bot_equity_usdt)', targets, mixed),
  row(exp(m.sharpe), 'exp(bot_sharpe)', ofSymbol, mixed),
  row(sqrt(m.equity_usdt), 'sqrt(bot_equity_usdt)', targets, mixed),
  // limits may be in any scale of the dimension
  row(clamp(m.queue_depth, 0, 10), 'clamp(bot_queue_depth, 0, 10)', targets, items),
  row(clamp(m.drawdown_pct, percent(0), ratio(1)), 'clamp(bot_drawdown_pct, 0, 100)', targets, percent),
  row(clamp_min(m.equity_usdt, usdt(-5)), 'clamp_min(bot_equity_usdt, -5)', targets, usdt),
  row(clamp_max(m.tick_milliseconds, seconds(1)), 'clamp_max(bot_tick_milliseconds, 1000)', ofSymbol, ms),
  row(round(m.equity_usdt, usdt(0.01)), 'round(bot_equity_usdt, 0.01)', targets, usdt),
  row(
    clamp_min(m.equity_usdt.minus(m.cash_usdt), usdt(0)),
    'clamp_min(bot_equity_usdt - bot_cash_usdt, 0)',
    targets,
    usdt,
  ),
  // labels
  row(
    label_replace(m.notional_usdt, 'coin', '$1-coin', 'symbol', /(.*)/),
    'label_replace(bot_notional_usdt, "coin", "$1-coin", "symbol", "(.*)")',
    ['coin', ...ofSymbol],
    usdt,
  ),
  row(
    label_replace(sum(m.notional_usdt).by('symbol'), 'symbol', 'x$1', 'symbol', /(.).*/),
    'label_replace(sum by (bot, env, symbol) (bot_notional_usdt), "symbol", "x$1", "symbol", "(.).*")',
    ['bot', 'env', 'symbol'],
    usdt,
  ),
  row(
    label_join(m.notional_usdt, 'where', '/', 'env', 'instance'),
    'label_join(bot_notional_usdt, "where", "/", "env", "instance")',
    ['where', ...ofSymbol],
    usdt,
  ),
  // an absent series has the labels that are matched by equality
  row(absent(m.orders_total, { symbol: 'XRP' }), 'absent(bot_orders_total{symbol="XRP"})', ['symbol'], flag),
  row(
    absent(m.notional_usdt, { symbol: 'XRP', env: 'live', job: /b.*/ }),
    'absent(bot_notional_usdt{env="live", job=~"b.*", symbol="XRP"})',
    ['env', 'symbol'],
    flag,
  ),
  row(absent(m.equity_usdt.where({ env: /never/ })), 'absent(bot_equity_usdt{env=~"never"})', [], flag),
  row(
    absent_over_time(m.notional_usdt, '5m', { symbol: 'XRP' }),
    'absent_over_time(bot_notional_usdt{symbol="XRP"}[5m])',
    ['symbol'],
    flag,
  ),
]
