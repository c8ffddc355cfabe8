import assert from 'node:assert/strict'

/** Removes all lines of a family, or replaces them. */
export const without = (text: string, name: string, instead = '') => {
  const ours = new RegExp(`^(# \\w+ )?${name}(_total|_info|_bucket|_sum|_count)?[ {]`)
  const lines = text.split('\n')
  const at = lines.findIndex((line) => ours.test(line))
  assert.notEqual(at, -1, name)
  const rest = lines.filter((line) => !ours.test(line))
  return [...rest.slice(0, at), ...(instead === '' ? [] : [instead]), ...rest.slice(at)].join('\n')
}
export const replaceOnce = (text: string, from: string, to: string) => {
  assert.ok(text.includes(from), `${from} in:\n${text}`)
  return text.replace(from, to)
}
const bars = '# HELP tb_bars_total Bars seen.\n# TYPE tb_bars_total counter\n'

/** How the text of a bot that fits is changed, and everything that is then reported. */
export const violations: readonly (readonly [string, (text: string) => string, readonly (readonly string[])[]])[] = [
  [
    'a metric is missing',
    (text) => without(text, 'tb_equity_usdt'),
    [['missing', 'tb_equity_usdt', 'nothing', 'a gauge: "Value of the portfolio."']],
  ],
  [
    'a metric is not declared',
    (text) => `${text}# TYPE tb_extra gauge\ntb_extra 1\n`,
    [['undeclared', 'tb_extra', 'gauge, 1 series', 'only what the contract declares']],
  ],
  [
    'a metric has another name, and is not also missing or undeclared',
    (text) => text.replaceAll('tb_bars_total', 'tb_bars'),
    [['name', 'tb_bars_total', 'tb_bars', 'tb_bars_total']],
  ],
  [
    'two families could be the missing one, and neither is guessed',
    (text) => `${text.replaceAll('tb_bars_total', 'tb_bars')}# TYPE tb_bars_count counter\ntb_bars_count 1\n`,
    [
      ['missing', 'tb_bars_total', 'nothing', 'a counter: "Bars seen."'],
      ['undeclared', 'tb_bars', 'counter, 1 series: "Bars seen."', 'only what the contract declares'],
      ['undeclared', 'tb_bars_count', 'counter, 1 series', 'only what the contract declares'],
    ],
  ],
  [
    'closed labels do not start at zero',
    (text) => text.replace(/^tb_orders_total.*\n/gm, ''),
    [
      [
        '(not-at-zero)',
        'tb_orders_total',
        '0 of 4 combinations of closed values',
        'all of them, starting at zero: side, status',
      ],
    ],
  ],
  [
    'an info has the suffix _info twice, and a unit is missing',
    (text) => text.replaceAll('tb_info', 'tb_info_info').replaceAll('tb_equity_usdt', 'tb_equity'),
    [
      ['name', 'tb_equity_usdt', 'tb_equity', 'tb_equity_usdt'],
      ['name', 'tb_info', 'tb_info_info', 'tb_info'],
    ],
  ],
  [
    'a type is wrong',
    (text) => replaceOnce(text, '# TYPE tb_bars_total counter', '# TYPE tb_bars_total gauge'),
    [['type', 'tb_bars_total', 'gauge', 'counter']],
  ],
  [
    'a type and a help are missing',
    (text) => replaceOnce(text, bars, ''),
    [
      ['type', 'tb_bars_total', 'no TYPE line', 'counter'],
      ['help', 'tb_bars_total', 'no HELP line', '"Bars seen."'],
    ],
  ],
  [
    'a help text differs',
    (text) => replaceOnce(text, 'Bars seen.', 'Bars \\n seen.'),
    [['help', 'tb_bars_total', '"Bars \\n seen."', '"Bars seen."']],
  ],
  [
    'labels are missing, and one is extra',
    (text) =>
      replaceOnce(text, '{side="buy",status="filled"} 1', '{side="buy"} 1').replace(
        '{side="sell",status="filled"}',
        '{side="sell",status="filled",instance="a"}',
      ),
    [
      ['labels', 'tb_orders_total', 'side (1 series)', 'side, status'],
      ['labels', 'tb_orders_total', 'side, status, instance (1 series)', 'side, status'],
      [
        '(not-at-zero)',
        'tb_orders_total',
        '3 of 4 combinations of closed values',
        'all of them, starting at zero: side, status',
      ],
    ],
  ],
  [
    'a label is empty, which counts as missing',
    (text) => replaceOnce(text, 'tb_fills_total{symbol="BTCUSDT",side="buy"}', 'tb_fills_total{symbol="",side="buy"}'),
    [
      ['labels', 'tb_fills_total', 'side (1 series)', 'symbol, side'],
      [
        '(not-at-zero)',
        'tb_fills_total',
        '2 of 4 combinations of closed values',
        'all of them, starting at zero: side',
      ],
    ],
  ],
  [
    'a closed label has an undeclared value',
    (text) => replaceOnce(text, 'status="rejected"', 'status="re\\nje\u001b[2Jcted"'),
    [
      ['value', 'tb_orders_total', 'status: "re\\nje\\u001b[2Jcted"', '"filled", "rejected"'],
      [
        '(not-at-zero)',
        'tb_orders_total',
        '3 of 4 combinations of closed values',
        'all of them, starting at zero: side, status',
      ],
    ],
  ],
  [
    'an open label is over its budget',
    (text) =>
      `${without(text, 'tb_feed_age_seconds')}# HELP tb_feed_age_seconds Since the last message of a feed.\n# TYPE tb_feed_age_seconds gauge\n${[1, 2, 3, 4, 5].map((i) => `tb_feed_age_seconds{symbol="s${i}"} 1\n`).join('')}`,
    [['over-budget', 'tb_feed_age_seconds', 'symbol: 5 values, among them "s4", "s5"', 'at most 3']],
  ],
  [
    'an open label has exactly used up its budget',
    (text) =>
      replaceOnce(
        text,
        'tb_feed_age_seconds{',
        'tb_feed_age_seconds{symbol="s1"} 1\ntb_feed_age_seconds{symbol="s2"} 1\ntb_feed_age_seconds{',
      ),
    [],
  ],
  [
    'samples went into the overflow series, which is not an undeclared value of a closed label',
    (text) =>
      replaceOnce(
        text,
        'tb_fills_total{',
        'tb_fills_total{symbol="__overflow__",side="__overflow__"} 7\ntb_fills_total{',
      ),
    [['over-budget', 'tb_fills_total', 'more: there is an __overflow__ series', 'at most symbol 3']],
  ],
  [
    'a histogram bound differs, and +Inf is missing',
    (text) =>
      text
        .split('\n')
        .filter((line) => !/^tb_latency_seconds_bucket\{.*\+Inf/.test(line))
        .join('\n')
        .replaceAll('le="10.0"', 'le="12.0"'),
    [
      ['buckets', 'tb_latency_seconds', 'no bound 10 (2 series)', '0.05, 1, 10'],
      ['buckets', 'tb_latency_seconds', 'bound 12 (2 series)', '0.05, 1, 10'],
      ['buckets', 'tb_latency_seconds', 'no +Inf bucket (2 series)', 'le="+Inf", which counts every observation'],
    ],
  ],
  [
    'a histogram was read while it was being written, and has no sum',
    (text) =>
      replaceOnce(
        replaceOnce(text, 'tb_latency_seconds_count{side="buy"} 1', 'tb_latency_seconds_count{side="buy"} 2'),
        'tb_latency_seconds_sum{side="sell"} 0\n',
        '',
      ),
    [
      ['buckets', 'tb_latency_seconds', '_count differs from the +Inf bucket (1 series)', 'the same value'],
      ['buckets', 'tb_latency_seconds', 'no _sum (1 series)', 'tb_latency_seconds_sum'],
    ],
  ],
  [
    'bounds are written as Go writes them',
    (text) => replaceOnce(text, 'le="1.0"', 'le="1"').replaceAll('le="10.0"', 'le="1e+01"'),
    [],
  ],
  [
    'buckets are not cumulative',
    (text) =>
      replaceOnce(
        text,
        /tb_latency_seconds_bucket\{side="buy",le="0.05"\} 0/.exec(text)?.[0] ?? '',
        'tb_latency_seconds_bucket{side="buy",le="0.05"} 4',
      ),
    [
      [
        'buckets',
        'tb_latency_seconds',
        'a bucket counts less than the one below it (1 series)',
        'cumulative counts, which never decrease from bound to bound',
      ],
    ],
  ],
  [
    'impossible numbers',
    (text) =>
      replaceOnce(
        replaceOnce(
          replaceOnce(text, 'tb_bars_total 1', 'tb_bars_total NaN'),
          'tb_fees_usdt_total 0',
          'tb_fees_usdt_total -1',
        ),
        'tb_loop_age_seconds 0',
        'tb_loop_age_seconds -3',
      ),
    [
      ['number', 'tb_bars_total', 'NaN', 'a finite number'],
      ['number', 'tb_fees_usdt_total', '-1', '0 or more: a counter only grows'],
      ['number', 'tb_loop_age_seconds', '-3', '0 or more: an age is never negative'],
    ],
  ],
  [
    'two states at a time, and an info that is off',
    (text) =>
      replaceOnce(
        replaceOnce(text, 'tb_trading_mode="live"} 0', 'tb_trading_mode="live"} 1'),
        'exchange="binance"} 1',
        'exchange="binance"} 0',
      ),
    [
      ['number', 'tb_info', '0', '1'],
      ['number', 'tb_trading_mode', '2 states are 1', 'exactly one'],
    ],
  ],
  [
    'a state is left out',
    (text) => replaceOnce(text, 'tb_trading_mode{tb_trading_mode="live"} 0\n', ''),
    [['value', 'tb_trading_mode', 'no series of live', 'one series per state']],
  ],
  [
    'a series occurs twice, with its labels in another order',
    (text) => replaceOnce(text, 'tb_orders_total{', 'tb_orders_total{status="filled",side="buy"} 5\ntb_orders_total{'),
    [['duplicate', 'tb_orders_total', 'tb_orders_total occurs twice with the same labels', 'once']],
  ],
  [
    'a sample has a timestamp',
    (text) => replaceOnce(text, 'tb_bars_total 1', 'tb_bars_total 1 1700000000000'),
    [['(time)', 'tb_bars_total', 'tb_bars_total has an explicit timestamp', 'none']],
  ],
  [
    'what the Python client adds on its own',
    (text) =>
      `${text}# TYPE tb_bars_created gauge\ntb_bars_created 1\n# HELP python_info Python\n# TYPE python_info gauge\npython_info 1\n# TYPE process_open_fds gauge\nprocess_open_fds 8\n# TYPE tb_other_created gauge\ntb_other_created 1\n`,
    [
      ['(from-client)', 'tb_bars_created', 'gauge, 1 series', 'only what the contract declares'],
      ['(from-client)', 'python_info', 'gauge, 1 series: "Python"', 'only what the contract declares'],
      ['(from-client)', 'process_open_fds', 'gauge, 1 series', 'only what the contract declares'],
      ['undeclared', 'tb_other_created', 'gauge, 1 series', 'only what the contract declares'],
    ],
  ],
  [
    'a histogram with negative bounds has a count, as the Python client exposes, and a sum, as no client does',
    (text) =>
      replaceOnce(
        text,
        'tb_slippage_bps_bucket',
        'tb_slippage_bps_count{symbol="BTCUSDT"} 1\ntb_slippage_bps_sum{symbol="BTCUSDT"} -3\ntb_slippage_bps_bucket',
      ),
    [
      ['(from-client)', 'tb_slippage_bps', 'tb_slippage_bps_count', 'tb_slippage_bps_bucket'],
      ['undeclared', 'tb_slippage_bps', 'tb_slippage_bps_sum', 'tb_slippage_bps_bucket'],
    ],
  ],
  [
    "a family's samples are interleaved with another's",
    (text) =>
      replaceOnce(without(text, 'tb_bars_total'), '# HELP tb_fills_total', `${bars}# HELP tb_fills_total`) +
      'tb_bars_total 1\ntb_orders_total{side="up"} 1\n',
    [
      [
        'form',
        'tb_orders_total',
        "its samples are interleaved with another family's",
        'all samples of a family together',
      ],
      ['labels', 'tb_orders_total', 'side (1 series)', 'side, status'],
    ],
  ],
]
