import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bot } from '../../definitions/language/bot.ts'
import { act, alert, alerts, max, record, records } from '../../definitions/language/index.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { metrics } from '../../definitions/mcbot/series.ts'
import { type Latency, latencies } from '../../generators/latency/latency.ts'
import { latencyText } from '../../generators/text/latency.ts'
import { modelOf } from '../fixtures/small-bot.ts'

const runbook = { cause: 'x', steps: [act('y')] } as const
const held = (hold?: '45s' | '2h') =>
  alerts({
    Held: alert({
      when: metrics.eventbus_queue_depth.gt(5),
      ...(hold === undefined ? {} : { for: hold }),
      severity: 'warning',
      summary: 'x',
      runbook,
    }),
  }).Held

/** The latency of an alert by its name. */
const latencyOf = (bot: Bot, name: string): Latency | null | undefined => {
  const model = modelOf(bot)
  return model.alerts.filter((rule) => rule.name === name).map(latencies(model))[0]
}
const ofHold = (hold?: '45s' | '2h', stack: Partial<Bot['stack']> = {}) =>
  latencyOf({ ...mcbot, alerts: [...mcbot.alerts, held(hold)], stack: { ...mcbot.stack, ...stack } }, 'Held')

test('without a hold: at most a scrape, an evaluation and the group wait', () => {
  assert.deepEqual(ofHold(), { least: 2, most: 22, condition: 0, hold: 0, deadline: null })
  const slow = { scrape: { bot: '30s', exporters: '1m', timeout: '3s' }, evaluate: '20s' } as const
  assert.deepEqual(ofHold(undefined, slow), { least: 2, most: 52, condition: 0, hold: 0, deadline: null })
})

test('a for lasts whole evaluations', () => {
  assert.deepEqual(ofHold('45s'), { least: 52, most: 72, condition: 0, hold: 50, deadline: null })
})

test('a hold inside the expression: a young series needs nine tenths of its samples', () => {
  assert.deepEqual(ofHold('2h'), { least: 6482, most: 7222, condition: 0, hold: 7200, deadline: null })
})

test('a series that is recorded every two minutes comes so much later', () => {
  const { depth } = records('mcbot', {
    depth: record({ help: 'x', of: max(metrics.eventbus_queue_depth), every: '2m' }),
  })
  const { Recorded } = alerts({
    Recorded: alert({ when: depth.series.gt(5), severity: 'warning', summary: 'x', runbook }),
  })
  const bot = { ...mcbot, records: [...mcbot.records, depth], alerts: [...mcbot.alerts, Recorded] }
  assert.deepEqual(latencyOf(bot, 'Recorded'), { least: 2, most: 142, condition: 0, hold: 0, deadline: null })
})

test('a target that does not answer is noticed only when its scrape is given up', () => {
  assert.deepEqual(latencyOf(mcbot, 'BotDown'), { least: 32, most: 55, condition: 0, hold: 30, deadline: null })
})

test('what was never set is reported after its deadline', () => {
  assert.deepEqual(latencyOf(mcbot, 'ContractCriticalMetricNeverSet'), {
    least: 92,
    // the longest deadline: a p-value needs 30 daily returns
    most: 2_592_052,
    condition: 2_592_000,
    hold: 30,
    deadline: { least: 60, most: 2_592_000 },
  })
})

test('in words: a deadline is said apart, since each metric has its own', () => {
  const model = modelOf(mcbot)
  const latency = latencies(model)
  const words = Object.fromEntries(
    model.alerts.map((rule) => {
      const of = latency(rule)
      return [rule.name, of === null ? null : latencyText(of)]
    }),
  )
  assert.deepEqual(
    [
      'BotDown',
      'FillSlippageHigh',
      'SlippageCostHigh',
      'HighSlippage',
      'ContractCriticalMetricNeverSet',
      'Watchdog',
    ].map((name) => words[name]),
    [
      '32s to 55s',
      '2s to 22s',
      '2s to 22s',
      '5m2s to 1h5m22s',
      '32s to 52s after the metric’s deadline (1m to 30d)',
      null,
    ],
  )
})

test('a watchdog has no fault', () => assert.equal(latencyOf(mcbot, 'Watchdog'), null))
