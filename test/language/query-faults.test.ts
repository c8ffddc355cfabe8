import {
  count_values,
  histogram_quantile,
  increaseFromZero,
  label_join,
  label_replace,
  max_over_time,
  not,
  promql,
  quantile,
  quantile_over_time,
  rate,
  sum,
  topk,
} from '../../definitions/language/index.ts'
import { items } from '../../definitions/language/metrics.ts'
import { eachGivesOneFault, type Faulty, goodDuration, goodLabel, type Unchecked } from './fault.ts'
import { m } from './metrics.ts'

const { orders_total: orders, queue_depth: depth, slippage_bps: slippage }: Unchecked = m
const goodShare = 'write the 95th percentile as 0.95'

const table: Faulty = {
  'a state set is asked by its own label': [
    (m.trading_mode as Unchecked).where({ bot_trading_mode: 'live' }).faults,
    'state-set-label',
    'bot_trading_mode is asked by its own label, which is how a state set keeps its states',
    'write .is(state), .isNot(state) or .current',
  ],
  'a window has no length': [
    rate(orders, '0m').faults,
    'duration',
    "rate(bot_orders_total): '0m' is no time at all",
    'give it a length',
  ],
  'a window has a sign inside': [
    rate(orders, '1h-30m').faults,
    'duration',
    "rate(bot_orders_total): '1h-30m' is no duration",
    goodDuration,
  ],
  'a window has words': [depth.over('5 minutes').faults, 'duration', "over: '5 minutes' is no duration", goodDuration],
  'a step is no duration': [
    max_over_time(depth.over('5m', '1')).faults as never,
    'duration',
    "over: '1' is no duration",
    goodDuration,
  ],
  'an offset is no duration': [depth.offset('-5m').faults, 'duration', "offset: '-5m' is no duration", goodDuration],
  'an offset stands behind a sum': [
    (sum(depth) as Unchecked).offset('1d').faults,
    'offset',
    'offset stands behind a selector or a subquery only',
    'put it on the metrics inside',
  ],
  'increaseFromZero has an offset': [
    increaseFromZero(orders.offset('1h'), '5m').faults,
    'offset',
    'increaseFromZero() looks back by itself',
    'leave offset() out',
  ],

  'q is a percentage': [
    quantile(95, m.notional_usdt).by('symbol').faults,
    'quantile',
    'quantile: q is 95, expected a share from 0 to 1',
    goodShare,
  ],
  'q is above one': [
    histogram_quantile(1.5, rate(m.order_latency_seconds, '5m')).faults,
    'quantile',
    'histogram_quantile: q is 1.5, expected a share from 0 to 1',
    goodShare,
  ],
  'q is negative': [
    quantile_over_time(-1, m.queue_depth.over('5m')).faults,
    'quantile',
    'quantile_over_time: q is -1, expected a share from 0 to 1',
    goodShare,
  ],
  'k is a share': [
    topk(0.5, m.notional_usdt).faults,
    'count',
    'topk: k is 0.5, expected a whole number of at least 1',
    'say how many series',
  ],
  'a threshold is no number': [
    depth.gt(items(Number.NaN)).faults,
    'number',
    'NaN is no number to compare or calculate with',
    'write a finite one',
  ],

  'an expression has flags': [
    orders.where({ symbol: /b/i }).faults,
    'regex-flags',
    "label symbol: /b/i has flags, and Prometheus' expressions (RE2) have none",
    'leave them out',
  ],
  'an expression that is not meant has flags': [
    orders.where({ symbol: not(/b/i) }).faults,
    'regex-flags',
    "label symbol: /b/i has flags, and Prometheus' expressions (RE2) have none",
    'leave them out',
  ],
  'an expression looks around': [
    orders.where({ symbol: /(?<!a)b/ }).faults,
    'regex-look-around',
    'label symbol: /(?<!a)b/ looks around, which RE2 cannot',
    'write it without',
  ],
  'an expression refers back': [
    orders.where({ symbol: /(b)\1/ }).faults,
    'regex-back-reference',
    'label symbol: /(b)\\1/ refers back, which RE2 cannot',
    'write it without',
  ],
  'an expression has an anchor': [
    orders.where({ symbol: /BTC$/ }).faults,
    'regex-anchor',
    'label symbol: /BTC$/ has an anchor, and Prometheus anchors every expression at both ends',
    'leave ^ and $ out',
  ],
  'an expression has an escape of JavaScript': [
    orders.where({ symbol: /\u0042/ }).faults,
    'regex-escape',
    'label symbol: /\\u0042/ has an escape that RE2 reads otherwise',
    'write the characters themselves',
  ],
  'a label is asked for a number': [
    orders.where({ symbol: 5 }).faults,
    'matcher',
    'label symbol: 5 is nothing that a label can be asked for',
    'give a value, a list of values, a regular expression, or not(…)',
  ],
  'a label is asked for no values': [
    orders.where({ symbol: [] }).faults,
    'matcher',
    'label symbol: it is asked for a list of values, and the list is empty',
    'name a value',
  ],
  'label_replace makes a bad label': [
    label_replace(depth, 'a-b', 'x', 'job', /x/).faults,
    'label-name',
    "label_replace: 'a-b' is no label name",
    goodLabel,
  ],
  'label_replace has flags': [
    label_replace(m.queue_depth, 'a', 'x', 'job', /x/g).faults,
    'regex-flags',
    "label_replace: /x/g has flags, and Prometheus' expressions (RE2) have none",
    'leave them out',
  ],
  'label_join makes a bad label': [
    label_join(m.queue_depth, '__x', '-', 'job').faults,
    'label-name',
    "label_join: '__x' is no label name",
    goodLabel,
  ],
  'count_values makes a bad label': [
    count_values('a b', m.queue_depth).faults,
    'label-name',
    "count_values: 'a b' is no label name",
    goodLabel,
  ],

  'bool stands on what joins comparisons': [
    depth.gt(1).and(depth.gt(2)).bool.faults,
    'bool',
    'bool stands on a comparison only, not on what joins them',
    'write .bool on each side',
  ],
  'a histogram with a bound below zero is summed': [
    slippage.sum.faults,
    'histogram-signed-sum',
    'bot_slippage_bps has a bound below zero, and no sum: it could go down',
    'count it, or take a quantile',
  ],
  'amounts of different coins are added up': [
    sum(m.position_size).faults,
    'sum-not-additive',
    'bot_position_size is not additive, and sum() adds it up over symbol',
    'keep symbol in .by(), or take max() or avg()',
  ],
  'they are added up by leaving the coin out': [
    sum(m.position_size).without('symbol').faults,
    'sum-not-additive',
    'bot_position_size is not additive, and sum() adds it up over symbol',
    'keep symbol in .by(), or take max() or avg()',
  ],
  'a fault comes through the door': [
    promql`abs(${rate(orders, '0m')})`.as(items, []).faults,
    'duration',
    "rate(bot_orders_total): '0m' is no time at all",
    'give it a length',
  ],
}

eachGivesOneFault(table)
