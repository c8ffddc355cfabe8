import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  act,
  alert,
  alerts,
  auto,
  type Bot,
  percent,
  perMinute,
  rate,
  sum,
  usdt,
} from '../../definitions/language/index.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { metrics } from '../../definitions/mcbot/series.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

const lost = alerts({
  Lost: alert({
    when: sum(metrics.margin_used_usdt).across('env').div(sum(metrics.equity_usdt).across('env')).gt(percent(80)),
    severity: 'info',
    summary: 'live and paper together',
    runbook: { cause: 'Both are added up.', steps: [act('Keep them apart.')] },
  }),
})

const runbook = { cause: 'It is so.', steps: [act('Look.')] } as const
const more = alerts({
  'Too-Low': alert({ when: metrics.equity_usdt.lt(usdt(5)), severity: 'info', summary: 'x', runbook }),
  Fitted: alert({
    when: rate(metrics.eventbus_events_dropped_total, auto).gt(perMinute(5)),
    severity: 'info',
    summary: 'x',
    runbook,
  }),
})
const muted = alerts({
  Muted: alert({
    when: metrics.equity_usdt.lt(usdt(5)),
    severity: 'info',
    summary: 'x',
    runbook,
    mutedBy: [lost.Lost],
  }),
})
const [paper] = Object.values(mcbot.environments)

const cases: readonly (readonly [string, Partial<Bot>, string])[] = [
  [
    'a target carries a label that a metric carries too',
    { targets: [{ env: 'paper', instance: 'two', address: 'two:8000', labels: { component: 'all' } }] },
    'target-label: a target has the label component, and so does',
  ],
  [
    'a target is in an environment that the bot does not have',
    { targets: [{ env: 'moon', instance: 'two', address: 'two:8000' }] },
    'target-env: the target two:8000 is in the environment moon, which the bot does not have (paper, live)',
  ],
  [
    'an alert lost the label env',
    { alerts: [...mcbot.alerts, lost.Lost] },
    'alert-label-lost: its series have no label env',
  ],
  [
    'the name of an alert can name no file',
    { alerts: [...mcbot.alerts, more['Too-Low']] },
    "alert-name: alert name 'Too-Low' becomes a file name and a label value",
  ],
  [
    'a rule has the window of a panel',
    { alerts: [...mcbot.alerts, more.Fitted] },
    'window-auto: its window follows the zoom of a panel, which a rule does not have',
  ],
  [
    'an alert is muted by one that the bot does not have',
    { alerts: [...mcbot.alerts, muted.Muted] },
    'mute-unknown: it is muted by Lost, which is not an alert of this bot',
  ],
  [
    'the name of an environment can name no file',
    { environments: { ...mcbot.environments, 'Dry Run': paper as never } },
    "environment-name: the environment 'Dry Run' becomes part of file and receiver names",
  ],
  ['a bot runs in no environment', { environments: {} }, 'environments-missing: the bot has no environment'],
  [
    'a query looks back further than samples are kept',
    { stack: { ...mcbot.stack, retention: '1h' } },
    'retention: samples are kept for 1h, but a query looks back further',
  ],
]

for (const [name, change, expected] of cases)
  test(`rejected: ${name}`, () => {
    const found = resolve({ ...mcbot, ...change }, containerTopology).findings.filter((one) => one.severity === 'error')
    assert.equal(found.length, 1, JSON.stringify(found))
    const [{ code, message } = { code: '', message: '' }] = found
    assert.ok(`${code}: ${message}`.startsWith(expected), `${code}: ${message}`)
  })
