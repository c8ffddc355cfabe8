import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alert, alerts, type Bot, percent, sum } from '../../definitions/language/index.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { metrics } from '../../definitions/mcbot/series.ts'
import { container } from '../../generators/places.ts'
import { resolve } from '../../generators/resolve.ts'

const lost = alerts({
  Lost: alert({
    when: sum(metrics.margin_used_usdt).across('env').div(sum(metrics.equity_usdt).across('env')).gt(percent(80)),
    severity: 'info',
    summary: 'live and paper together',
    runbook: { cause: 'Both are added up.', steps: ['Keep them apart.'] },
  }),
})

const cases: readonly (readonly [string, Partial<Bot>, string])[] = [
  [
    'a target carries a label that a metric carries too',
    { targets: [{ env: 'paper', instance: 'two', address: 'two:8000', labels: { symbol: 'all' } }] },
    'target-label: a target carries the label symbol, and so does',
  ],
  [
    'a target is in an environment that the bot does not have',
    { targets: [{ env: 'moon', instance: 'two', address: 'two:8000' }] },
    'target-env: the target two:8000 is in the environment moon, which the bot does not have (paper, live)',
  ],
  [
    'an alert lost the label env',
    { alerts: [...mcbot.alerts, lost.Lost] },
    'alert-label-lost: its series do not carry env',
  ],
  [
    'a query looks back further than samples are kept',
    { stack: { ...mcbot.stack, retention: '1h' } },
    'retention: samples are kept for 1h, and a query looks back further',
  ],
]

for (const [name, change, expected] of cases)
  test(`refused: ${name}`, () => {
    const found = resolve({ ...mcbot, ...change }, container).findings.filter((one) => one.severity === 'error')
    assert.equal(found.length, 1, JSON.stringify(found))
    const [{ code, message } = { code: '', message: '' }] = found
    assert.ok(`${code}: ${message}`.startsWith(expected), `${code}: ${message}`)
  })
