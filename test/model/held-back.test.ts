import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alert, alerts, type Bot, check, lines, series } from '../../definitions/language/index.ts'
import { catalogue, gauge, usdt } from '../../definitions/language/metrics.ts'
import { heldBack } from '../../generators/model/held-back.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { events, logsBot } from '../fixtures/logs-bot.ts'

const runbook = { cause: 'It is so.', steps: [check('it')] } as const
const { equity_usdt } = series(catalogue('tb', { equity_usdt: gauge({ help: 'Equity.', unit: usdt }) }))

test('a warm-up holds back what cannot be there yet: own figures and lines that must come, not lines that there are', () => {
  const all = alerts({
    Low: alert({ when: equity_usdt.lt(usdt(1)), severity: 'warning', summary: 'x', runbook }),
    Silent: alert({ when: lines(events.heartbeat).absent('5m'), severity: 'warning', summary: 'x', runbook }),
    Failing: alert({ when: lines(events.order_failed).count('5m').gt(3), severity: 'warning', summary: 'x', runbook }),
    Loud: alert({
      when: lines(events.heartbeat).absent('9m'),
      severity: 'critical',
      breaksQuiet: true,
      summary: 'x',
      runbook,
    }),
  })
  const given: Bot = { ...logsBot, dashboards: {}, alerts: Object.values(all) }
  const { model } = resolve(given, containerTopology)
  assert.deepEqual(
    heldBack(model).map(({ name }) => name),
    ['Low', 'Silent'],
  )
})
