import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import type { AnyAlert } from '../../definitions/language/alert.ts'
import { act, alerts, watchdog } from '../../definitions/language/index.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { relayOutput } from '../../generators/outputs/relay/relay.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { tiny } from '../fixtures/minimal/index.ts'

/** The alerts of the smallest bot with these in addition, and the alert whose arrival its relay watches. */
function watchedWith(own: readonly AnyAlert[], outputs = tiny.outputs) {
  const { model, findings } = resolve({ ...tiny, outputs, alerts: [...tiny.alerts, ...own] }, containerTopology)
  assert.deepEqual(findings, [])
  const config = relayOutput(model).get('relay/relay.json')
  const { sources } = JSON.parse(config ?? '{ "sources": [] }') as { sources: readonly { watchdog: object }[] }
  return { alerts: model.alerts.map(({ name }) => name), watched: sources.map(({ watchdog }) => watchdog) }
}

test('a bot without a watchdog gets one, which the relay watches', () => {
  assert.deepEqual(watchedWith([]), {
    alerts: [
      'EquityLow',
      'OrdersFail',
      'Watchdog',
      'MonitoringStopped',
      'RelayDown',
      'NotificationsFailing',
      'TargetDown',
    ],
    watched: [{ alertname: 'Watchdog', bot: 'tiny' }],
  })
})

test('the watchdog of a bot stays the only one', () => {
  const own = alerts({
    Pulse: watchdog({ summary: 'All is well.', runbook: { cause: 'It always fires.', steps: [act('Nothing.')] } }),
  })
  assert.deepEqual(watchedWith([own.Pulse]), {
    alerts: [
      'EquityLow',
      'OrdersFail',
      'Pulse',
      'MonitoringStopped',
      'RelayDown',
      'NotificationsFailing',
      'TargetDown',
    ],
    watched: [{ alertname: 'Pulse', bot: 'tiny' }],
  })
})

test('without Alertmanager nothing is delivered, and no alert is about it', () => {
  assert.deepEqual(watchedWith([], ['prometheus', 'grafana', 'contract']), {
    alerts: ['EquityLow', 'OrdersFail', 'TargetDown'],
    watched: [],
  })
})

for (const bot of bots)
  test(`the relay of ${bot.name} watches what evaluates its alerts`, () => {
    const { model } = resolve(bot, containerTopology)
    const { sources } = JSON.parse(relayOutput(model).get('relay/relay.json') ?? '') as {
      sources: readonly { title: string; watchdog: object }[]
    }
    assert.deepEqual(
      sources.map(({ title, watchdog }) => [title, watchdog]),
      [
        ['Prometheus', { alertname: 'Watchdog', bot: bot.name }],
        ...(Object.keys(bot.events).length === 0
          ? []
          : [['vmalert', { alertname: 'LogWatchdog', bot: bot.name, evaluator: 'vmalert' }]]),
      ],
    )
  })
