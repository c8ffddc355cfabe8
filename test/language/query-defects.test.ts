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
import { bps, items } from '../../definitions/language/metrics.ts'
import { type AnyValue, type DefectCase, eachGivesOneDefect, goodDuration, goodLabel } from './defect.ts'
import { m } from './metrics.ts'

const { orders_total: orders, queue_depth: depth, slippage_bps: slippage }: AnyValue = m
const goodShare = 'write the 95th percentile as 0.95'

const table: DefectCase = {
  'a state set is filtered by its own label': [
    (m.trading_mode as AnyValue).where({ bot_trading_mode: 'live' }).defects,
    'state-set-label',
    'bot_trading_mode is filtered by its own label, which holds the states of a state set',
    'write .is(state), .isNot(state) or .current',
  ],
  'a window is zero': [
    rate(orders, '0m').defects,
    'duration',
    "rate(bot_orders_total): '0m' is zero, expected a longer duration",
    'use a duration above zero',
  ],
  'a window has a sign inside': [
    rate(orders, '1h-30m').defects,
    'duration',
    "rate(bot_orders_total): '1h-30m' is not a duration",
    goodDuration,
  ],
  'a window has words': [
    depth.over('5 minutes').defects,
    'duration',
    "over: '5 minutes' is not a duration",
    goodDuration,
  ],
  'a step is not a duration': [
    max_over_time(depth.over('5m', '1')).defects as never,
    'duration',
    "over: '1' is not a duration",
    goodDuration,
  ],
  'an offset is not a duration': [
    depth.offset('-5m').defects,
    'duration',
    "offset: '-5m' is not a duration",
    goodDuration,
  ],
  'an offset follows a sum': [
    (sum(depth) as AnyValue).offset('1d').defects,
    'offset',
    'offset can only follow a selector or a subquery',
    'put it on the metrics inside',
  ],
  'increaseFromZero compares an age with the window of a panel': [
    increaseFromZero(orders, '$__rate_interval', m.start_timestamp).defects,
    'window',
    'increaseFromZero() compares the age of the process with its window, which follows the zoom of a panel',
    "write the window as a duration, such as '5m'",
  ],
  'increaseFromZero has an offset': [
    increaseFromZero(orders.offset('1h'), '5m').defects,
    'offset',
    'increaseFromZero() sets its own offset',
    'remove offset()',
  ],

  'q is a percentage': [
    quantile(95, m.notional_usdt).by('symbol').defects,
    'quantile',
    'quantile: q is 95, expected a quantile between 0 and 1',
    goodShare,
  ],
  'q is above one': [
    histogram_quantile(1.5, rate(m.order_latency_seconds, '5m')).defects,
    'quantile',
    'histogram_quantile: q is 1.5, expected a quantile between 0 and 1',
    goodShare,
  ],
  'q is negative': [
    quantile_over_time(-1, m.queue_depth.over('5m')).defects,
    'quantile',
    'quantile_over_time: q is -1, expected a quantile between 0 and 1',
    goodShare,
  ],
  'k is a fraction': [
    topk(0.5, m.notional_usdt).defects,
    'count',
    'topk: k is 0.5, expected a whole number of at least 1',
    'give the number of series',
  ],
  'a threshold is not a number': [
    depth.gt(items(Number.NaN)).defects,
    'number',
    'NaN cannot be used in a comparison or calculation',
    'use a finite number',
  ],

  'a regular expression has flags': [
    orders.where({ symbol: /b/i }).defects,
    'regex-flags',
    'label symbol: /b/i has flags, which Prometheus regular expressions do not take',
    'remove them',
  ],
  'a negated regular expression has flags': [
    orders.where({ symbol: not(/b/i) }).defects,
    'regex-flags',
    'label symbol: /b/i has flags, which Prometheus regular expressions do not take',
    'remove them',
  ],
  'a regular expression uses look-around': [
    orders.where({ symbol: /(?<!a)b/ }).defects,
    'regex-look-around',
    'label symbol: /(?<!a)b/ uses look-around, which RE2 does not support',
    'rewrite it without look-around',
  ],
  'a regular expression uses a back-reference': [
    orders.where({ symbol: /(b)\1/ }).defects,
    'regex-back-reference',
    'label symbol: /(b)\\1/ uses a back-reference, which RE2 does not support',
    'rewrite it without back-references',
  ],
  'a regular expression has an anchor': [
    orders.where({ symbol: /BTC$/ }).defects,
    'regex-anchor',
    'label symbol: /BTC$/ has an anchor, but Prometheus anchors every expression at both ends',
    'remove ^ and $',
  ],
  'a regular expression has a JavaScript escape': [
    orders.where({ symbol: /\u0042/ }).defects,
    'regex-escape',
    'label symbol: /\\u0042/ has an escape that RE2 does not support or reads differently',
    'write the characters themselves',
  ],
  'a label is matched against a number': [
    orders.where({ symbol: 5 }).defects,
    'matcher',
    'label symbol: a label cannot be matched against 5',
    'use a string, a list of strings, a regular expression, or not(…)',
  ],
  'a label is matched against an empty list': [
    orders.where({ symbol: [] }).defects,
    'matcher',
    'label symbol: the list of values to match is empty',
    'give at least one value',
  ],
  'label_replace sets an invalid label': [
    label_replace(depth, 'a-b', 'x', 'job', /x/).defects,
    'label-name',
    "label_replace: 'a-b' is not a valid label name",
    goodLabel,
  ],
  'the expression of label_replace has flags': [
    label_replace(m.queue_depth, 'a', 'x', 'job', /x/g).defects,
    'regex-flags',
    'label_replace: /x/g has flags, which Prometheus regular expressions do not take',
    'remove them',
  ],
  'label_join sets an invalid label': [
    label_join(m.queue_depth, '__x', '-', 'job').defects,
    'label-name',
    "label_join: '__x' is not a valid label name",
    goodLabel,
  ],
  'count_values sets an invalid label': [
    count_values('a b', m.queue_depth).defects,
    'label-name',
    "count_values: 'a b' is not a valid label name",
    goodLabel,
  ],

  '.bool follows a combination of comparisons': [
    depth.gt(1).and(depth.gt(2)).bool.defects,
    'bool',
    '.bool applies only to a comparison, not to and, or, unless',
    'write .bool on each side',
  ],
  'the sum of a histogram with a negative bound is used': [
    slippage.sum.defects,
    'histogram-signed-sum',
    'bot_slippage_bps has a negative bucket bound and no sum, because the sum could go down',
    'use its .count or a quantile',
  ],
  'the values up to a bound are asked for that no bucket has': [
    slippage.upTo(bps(7)).defects,
    'bucket-unknown',
    'bot_slippage_bps has no bucket bound 7, so how many values are up to it is not known; its bounds are -20, 0, 5, 20',
    'use one of its bounds, or add this one to its buckets',
  ],
  'amounts of different coins are added up': [
    sum(m.position_size).defects,
    'sum-not-additive',
    'bot_position_size is not additive, but sum() adds it up over symbol',
    'keep symbol with .by(), or use max() or avg()',
  ],
  'they are added up by dropping the symbol': [
    sum(m.position_size).without('symbol').defects,
    'sum-not-additive',
    'bot_position_size is not additive, but sum() adds it up over symbol',
    'keep symbol with .by(), or use max() or avg()',
  ],
  'a fault inside PromQL given as text': [
    promql`abs(${rate(orders, '0m')})`.as(items, []).defects,
    'duration',
    "rate(bot_orders_total): '0m' is zero, expected a longer duration",
    'use a duration above zero',
  ],
}

eachGivesOneDefect(table)
