import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  act,
  alert,
  alerts,
  type Bot,
  dashboard,
  percent,
  promql,
  timeseries,
} from '../../definitions/language/index.ts'
import { catalogue, counter, gauge, usdt } from '../../definitions/language/metrics.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import type { Finding } from '../../generators/model/finding.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

const text = (words: string) => promql([words] as never).as(usdt, [])

const panel = (words: string): Partial<Bot> => ({
  dashboards: {
    ...mcbot.dashboards,
    more: dashboard({ title: 'More', panels: { more: timeseries({ title: 'More', show: text(words) }) } }),
  },
})
const rule = (words: string, cause = 'It is so.'): Partial<Bot> => ({
  alerts: [
    ...mcbot.alerts,
    alerts({
      More: alert({
        when: promql([words] as never).condition(percent, ['bot', 'env']),
        severity: 'info',
        summary: 'more',
        runbook: { cause, steps: [act('Look.')] },
      }),
    }).More,
  ],
})

const told = (change: Partial<Bot>): readonly Finding[] => resolve({ ...mcbot, ...change }, containerTopology).findings

/** The change, and the expected findings: severity, message and fix. */
const table: readonly (readonly [string, Partial<Bot>, readonly string[]])[] = [
  [
    'a panel in text asks for a retired counter',
    panel('rate(mcbot_fills[5m])'),
    [
      'error metric-undeclared',
      'it uses mcbot_fills, which is retired: counters end in _total; mcbot_fills_total replaces it',
      'use its replacement',
    ],
  ],
  [
    'a rule in text asks for the PnL that is two counters now',
    rule('rate(mcbot_realized_pnl_usdt_total[5m]) > 0'),
    [
      'error metric-undeclared',
      'it uses mcbot_realized_pnl_usdt_total, which is retired: a counter cannot hold signed PnL; mcbot_realized_profit_usdt_total and mcbot_realized_loss_usdt_total replace it',
      'use its replacement',
    ],
  ],
  [
    'a panel in text has a name that is nearly one',
    panel('mcbot_equity_usd - mcbot_cash_usdt'),
    [
      'error metric-undeclared',
      'it uses mcbot_equity_usd, which neither this bot nor its exporters expose',
      'did you mean mcbot_equity_usdt? Otherwise declare it, or list its catalogue in the bot',
    ],
  ],
  [
    'a panel in text has a name that is like no other',
    panel('nothing_of_the_kind'),
    [
      'error metric-undeclared',
      'it uses nothing_of_the_kind, which neither this bot nor its exporters expose',
      'declare it, or list its catalogue in the bot',
    ],
  ],
  [
    'a runbook names a retired counter',
    rule('mcbot_equity_usdt < 0', 'mcbot_signals stands still.'),
    [
      'error runbook-metric',
      'its runbook mentions mcbot_signals, which is retired: counters end in _total; mcbot_signals_total replaces it',
      'insert the metric into a note by value, so that a rename follows',
    ],
  ],
  [
    'a runbook names a recording rule that is not there',
    rule('mcbot_equity_usdt < 0', 'mcbot:realised_pnl_usdt: a loss, where mcbot:realized_pnl_usdt has none.'),
    [
      'error runbook-metric',
      'its runbook mentions mcbot:realised_pnl_usdt, which nothing exposes',
      'insert the metric into a note by value, so that a rename follows',
    ],
  ],
  [
    'a runbook names one that only begins like a metric',
    rule('mcbot_equity_usdt < 0', 'See mcbot_equity_usdt:max and mcbot_equity_usdt: it falls.'),
    [
      'error runbook-metric',
      'its runbook mentions mcbot_equity_usdt:max, which nothing exposes',
      'insert the metric into a note by value, so that a rename follows',
    ],
  ],
  [
    'a rule in text is no PromQL',
    rule('mcbot_equity_usdt > '),
    [
      'error promql-text',
      'its text is not PromQL: unexpected end of expression after >, in mcbot_equity_usdt > ',
      'write valid PromQL',
    ],
  ],
  [
    'a panel in text is no PromQL',
    panel('rats(mcbot_equity_usdt[5m])'),
    [
      'warning promql-text',
      'its text is not PromQL: unknown function rats, in rats(mcbot_equity_usdt[5m])',
      'did you mean rate?',
    ],
  ],
]

for (const [name, change, expected] of table)
  test(`${name}: exactly that is reported`, () => {
    const found = told(change)
    assert.deepEqual(
      found.map(({ severity, code, message, fix }) => [`${severity} ${code}`, message, fix]),
      [expected],
    )
  })

const withMore = (change: Partial<Bot>): Partial<Bot> => {
  const more = catalogue('mcbot', { more_usdt: gauge({ help: 'x', unit: usdt }) })
  return { ...change, metrics: { ...mcbot.metrics, more_usdt: more.more_usdt as never } }
}

for (const [name, change] of [
  ['by a panel in text', panel('abs(mcbot_more_usdt)')],
  ['by a rule in text', rule('max by (bot, env) (mcbot_more_usdt) > 0')],
] as const)
  test(`a metric used ${name} counts as used; otherwise the finding is at the metric`, () => {
    assert.deepEqual(told(withMore(change)), [])
    assert.deepEqual(
      told(withMore({})).map(({ severity, code, of }) => [severity, code, of]),
      [['warning', 'metric-unwatched', 'metric mcbot_more_usdt']],
    )
  })

test('if a text cannot be parsed, its words may be names: none of them is reported as unused', () => {
  assert.deepEqual(
    told(withMore(panel('abs(mcbot_more_usdt'))).map(({ code }) => code),
    ['promql-text'],
  )
})

test('metrics of two catalogues that clash in OpenMetrics are reported at the later one', () => {
  const more = catalogue('mcbot_equity', { usdt_total: counter({ help: 'x' }) })
  const found = told({
    ...panel('rate(mcbot_equity_usdt_total[5m])'),
    metrics: { ...mcbot.metrics, more: more.usdt_total as never },
  })
  assert.deepEqual(
    found.map(({ severity, code, of, message }) => [severity, code, of, message]),
    [
      [
        'error',
        'family-clash',
        'metric mcbot_equity_usdt_total',
        'the counter mcbot_equity_usdt_total (family mcbot_equity_usdt) and the gauge mcbot_equity_usdt clash in OpenMetrics: both may expose mcbot_equity_usdt, but a name can belong to only one metric',
      ],
    ],
  )
})
