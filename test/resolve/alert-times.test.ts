import assert from 'node:assert/strict'
import { test } from 'node:test'
import { node } from '../../definitions/exporters/node.ts'
import {
  type AnyAlert,
  act,
  alert,
  alerts,
  type Duration,
  items,
  series,
  sum,
} from '../../definitions/language/index.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { recordingRules } from '../../definitions/mcbot/records.ts'
import { metrics } from '../../definitions/mcbot/series.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { print } from '../../generators/promql/print.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

const given = { severity: 'warning', summary: 'x', runbook: { cause: 'x', steps: [act('y')] } } as const
const ruleOf = (one: AnyAlert) => {
  // distinct intervals, so that none is mistaken for another
  const stack = { ...mcbot.stack, evaluate: '30s' as const }
  const { model } = resolve({ ...mcbot, stack, alerts: [...mcbot.alerts, one] }, containerTopology)
  const found = model.alerts.find(({ name }) => name === 'More')
  assert.ok(found)
  return found
}

for (const [remindEvery, cooldown, told] of [
  ['7m', '5m', '10m'],
  ['11m', '5m', '15m'],
  ['10m', '5m', '10m'],
  ['1m', '5m', '5m'],
] as const)
  test(`a reminder of ${remindEvery} with a cooldown of ${cooldown} is rounded up to ${told}`, () => {
    const { More } = alerts({ More: alert({ when: metrics.open_positions.gt(5), remindEvery, cooldown, ...given }) })
    assert.deepEqual([ruleOf(More).remindEvery, ruleOf(More).cooldown], [told, cooldown])
  })

/** What a compiled hold asks: the extremes of the window, and enough samples or that it fired before. */
const held = (extreme: string, enough: string) =>
  `${extreme} and ignoring (alertname, alertstate, severity) (${enough} or ignoring (alertname, alertstate, severity) last_over_time(ALERTS{alertname="More", alertstate="firing"}[1h]))`

const host = series(node)
const long: Duration = '1h'
for (const [what, when, text] of [
  [
    'the bot, each 10 s',
    metrics.open_positions.gt(5),
    held('min_over_time(mcbot_open_positions[1h]) > 5', 'count_over_time(mcbot_open_positions[1h]) >= 324'),
  ],
  [
    'an exporter, each 10 s',
    host.node_memory_MemAvailable_bytes.as(items).gt(5),
    held(
      'min_over_time(node_memory_MemAvailable_bytes[1h]) > 5',
      'count_over_time(node_memory_MemAvailable_bytes[1h]) >= 324',
    ),
  ],
  [
    'a recording rule, each evaluation',
    recordingRules.realized_pnl_usdt.series.as(items).gt(5),
    held('min_over_time(mcbot:realized_pnl_usdt[1h]) > 5', 'count_over_time(mcbot:realized_pnl_usdt[1h]) >= 108'),
  ],
  [
    'an expression, recorded at each evaluation',
    sum(metrics.open_positions).by('instance').gt(5),
    held('min_over_time(mcbot:more:held[1h]) > 5', 'count_over_time(mcbot:more:held[1h]) >= 108'),
  ],
] as const)
  test(`a hold of one hour requires 90 % of the samples of ${what}`, () => {
    const { More } = alerts({ More: alert({ when, for: long, ...given }) })
    assert.deepEqual(
      ruleOf(More).rules.map((rule) => [print(rule.expr), rule.for]),
      [[text, null]],
    )
  })

test('a hold of less than an hour stays a `for`', () => {
  const { More } = alerts({ More: alert({ when: metrics.open_positions.gt(5), for: '59m', ...given }) })
  assert.deepEqual(
    ruleOf(More).rules.map((rule) => [print(rule.expr), rule.for]),
    [['mcbot_open_positions > 5', '59m']],
  )
})
