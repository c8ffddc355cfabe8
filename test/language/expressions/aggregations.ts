import {
  avg,
  bottomk,
  count,
  count_values,
  group,
  histogram_quantile,
  max,
  min,
  quantile,
  rate,
  stddev,
  stdvar,
  sum,
  topk,
} from '../../../definitions/language/index.ts'
import { flag, items, ms, seconds, usdt } from '../../../definitions/language/metrics.ts'
import { mixed } from '../../../definitions/language/query/dimension.ts'
import { m } from '../metrics.ts'
import { per, row, targets } from '../row.ts'

const kept = ['bot', 'env'] as const
const ofSymbol = ['symbol', ...targets] as const
const rejected = rate(m.orders_total.where({ status: 'rejected' }), '5m')

/** Aggregations, which keep `bot` and `env` automatically. */
export const aggregationRows = [
  row(sum(m.notional_usdt), 'sum by (bot, env) (bot_notional_usdt)', kept, usdt),
  row(sum(m.notional_usdt).by('symbol'), 'sum by (bot, env, symbol) (bot_notional_usdt)', [...kept, 'symbol'], usdt),
  row(
    sum(rejected).by('symbol', 'side', 'symbol'),
    'sum by (bot, env, side, symbol) (rate(bot_orders_total{status="rejected"}[5m]))',
    [...kept, 'symbol', 'side'],
    per(items),
  ),
  row(sum(m.notional_usdt).without('symbol'), 'sum without (symbol) (bot_notional_usdt)', targets, usdt),
  row(
    sum(rejected).without('side', 'instance'),
    'sum without (instance, side) (rate(bot_orders_total{status="rejected"}[5m]))',
    ['symbol', 'status', 'bot', 'env', 'job'],
    per(items),
  ),
  // only across() drops bot and env
  row(sum(m.notional_usdt).across('env'), 'sum by (bot) (bot_notional_usdt)', ['bot'], usdt),
  row(sum(m.notional_usdt).across('bot', 'env'), 'sum(bot_notional_usdt)', [], usdt),
  row(
    sum(m.notional_usdt).across('bot').by('symbol'),
    'sum by (env, symbol) (bot_notional_usdt)',
    ['env', 'symbol'],
    usdt,
  ),
  row(
    sum(m.notional_usdt).across('env').without('env', 'instance'),
    'sum without (env, instance) (bot_notional_usdt)',
    ['bot', 'job', 'symbol'],
    usdt,
  ),
  row(
    histogram_quantile(0.9, sum(rate(m.order_latency_seconds, '5m')).across('env').by('symbol')),
    'histogram_quantile(0.9, sum by (bot, le, symbol) (rate(bot_order_latency_seconds_bucket[5m])))',
    ['bot', 'symbol'],
    seconds,
  ),
  row(
    sum(rate(m.order_latency_seconds, '5m')),
    'sum by (bot, env, le) (rate(bot_order_latency_seconds_bucket[5m]))',
    kept,
    seconds,
  ),
  row(
    sum(rate(m.order_latency_seconds, '5m')).without('symbol'),
    'sum without (symbol) (rate(bot_order_latency_seconds_bucket[5m]))',
    targets,
    seconds,
  ),
  row(max(m.notional_usdt).by('symbol'), 'max by (bot, env, symbol) (bot_notional_usdt)', [...kept, 'symbol'], usdt),
  row(max(m.tick_milliseconds).without('symbol'), 'max without (symbol) (bot_tick_milliseconds)', targets, ms),
  row(min(m.notional_usdt), 'min by (bot, env) (bot_notional_usdt)', kept, usdt),
  row(avg(m.notional_usdt).by('symbol'), 'avg by (bot, env, symbol) (bot_notional_usdt)', [...kept, 'symbol'], usdt),
  row(stddev(m.notional_usdt), 'stddev by (bot, env) (bot_notional_usdt)', kept, usdt),
  row(stdvar(m.notional_usdt), 'stdvar by (bot, env) (bot_notional_usdt)', kept, mixed),
  row(
    count(m.notional_usdt).by('symbol'),
    'count by (bot, env, symbol) (bot_notional_usdt)',
    [...kept, 'symbol'],
    items,
  ),
  row(count(m.connected.eq(flag(1))), 'count by (bot, env) (bot_connected == 1)', kept, items),
  row(group(m.notional_usdt), 'group by (bot, env) (bot_notional_usdt)', kept, flag),
  row(quantile(0.9, m.notional_usdt), 'quantile by (bot, env) (0.9, bot_notional_usdt)', kept, usdt),
  row(
    quantile(0.9, m.notional_usdt).by('symbol'),
    'quantile by (bot, env, symbol) (0.9, bot_notional_usdt)',
    [...kept, 'symbol'],
    usdt,
  ),
  row(
    count_values('value', m.connected),
    'count_values by (bot, env) ("value", bot_connected)',
    [...kept, 'value'],
    items,
  ),
  row(
    count_values('value', m.connected).by('symbol'),
    'count_values by (bot, env, symbol) ("value", bot_connected)',
    [...kept, 'symbol', 'value'],
    items,
  ),
  // the highest within each bot and environment, with all their labels
  row(topk(1, m.notional_usdt), 'topk by (bot, env) (1, bot_notional_usdt)', ofSymbol, usdt),
  row(topk(1, m.notional_usdt).by('symbol'), 'topk by (bot, env, symbol) (1, bot_notional_usdt)', ofSymbol, usdt),
  row(
    bottomk(2, sum(m.notional_usdt).by('symbol')),
    'bottomk by (bot, env) (2, sum by (bot, env, symbol) (bot_notional_usdt))',
    [...kept, 'symbol'],
    usdt,
  ),
  row(
    sum(sum(m.notional_usdt).by('symbol', 'instance')).by('instance'),
    'sum by (bot, env, instance) (sum by (bot, env, instance, symbol) (bot_notional_usdt))',
    [...kept, 'instance'],
    usdt,
  ),
  row(sum(m.notional_usdt.div(2)), 'sum by (bot, env) (bot_notional_usdt / 2)', kept, usdt),
]
