import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logDefinitions } from '../../../definitions/logs/index.ts'
import { logsBot } from '../../fixtures/logs-bot.ts'
import { needs } from '../../servers/skipped.ts'
import { until } from '../prometheus-api.ts'
import { startLogStage, writer } from './log-stage.ts'

// A line's whole way: from the file that a bot writes to what Alertmanager receives.

const failed = (symbol: string) => ({ level: 'error', event: 'order_failed', symbol, side: 'buy', error: 'refused' })
const filled = (latency_ms: number) => ({
  level: 'info',
  event: 'order_filled',
  symbol: 'BTCUSDT',
  side: 'buy',
  price: 1,
  latency_ms,
})
const heartbeat = { level: 'info', event: 'heartbeat' }

test('alerts on lines count each line once, carry the labels of the process, and end when they are no longer true', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent', 'vmalert')) === undefined) return
  const { write, latest } = await startLogStage(t, logsBot)
  let seq = 0
  const once = (line: object) => {
    seq += 1
    write({ ...line, seq })
  }
  const twice = (line: object) => {
    once(line)
    write({ ...line, seq })
  }
  once(heartbeat)
  // five lines of three orders, and three of two
  for (const _ of [1, 2]) twice(failed('BTCUSDT'))
  once(failed('BTCUSDT'))
  twice(failed('ETHUSDT'))
  once(failed('ETHUSDT'))
  // 300 ms on average, 325 with the duplicate
  once(filled(200))
  once(filled(300))
  twice(filled(400))

  const firing = (name: string) =>
    until(`${name} fires`, 60_000, async () => {
      const all = latest().filter(
        ({ labels, endsAt }) => labels['alertname'] === name && Date.parse(endsAt) > Date.now(),
      )
      return all.length > 0 ? all.map(({ labels, annotations }) => [labels, annotations['summary']]) : null
    })
  const own = (alertname: string, severity: string) => ({ alertname, severity, evaluator: 'vmalert', ...writer })
  assert.deepEqual(await firing('OrdersFailing'), [
    [{ ...own('OrdersFailing', 'warning'), symbol: 'BTCUSDT' }, '3 orders in BTCUSDT failed in five minutes'],
  ])
  assert.deepEqual(await firing('FillsSlow'), [[own('FillsSlow', 'warning'), 'orders take 300ms, limit 250 ms']])
  assert.deepEqual(await firing('NoHeartbeat'), [[own('NoHeartbeat', 'critical'), 'the main loop does not turn']])

  const beat = setInterval(() => once(heartbeat), 1000)
  try {
    await until('NoHeartbeat is over', 60_000, async () => {
      const over = latest().find(({ labels }) => labels['alertname'] === 'NoHeartbeat')
      return over !== undefined && Date.parse(over.endsAt) <= Date.now() ? true : null
    })
  } finally {
    clearInterval(beat)
  }
})

test('a line whose number no line has is reported, in each run of the bot, until it arrives', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent', 'vmalert')) === undefined) return
  const missing = logDefinitions({ job: 'tb', blind: 'warning' }).alerts.filter(
    ({ name }) => name === 'LogLinesMissing',
  )
  const impatient = { ...logsBot, alerts: missing.map((alert) => ({ ...alert, for: '10s' })) }
  const { write, latest } = await startLogStage(t, impatient)
  const found = (isOver: boolean) =>
    until(`LogLinesMissing ${isOver ? 'is over' : 'fires'}`, 90_000, async () => {
      const one = latest().find(({ labels }) => labels['alertname'] === 'LogLinesMissing')
      return one !== undefined && Date.parse(one.endsAt) <= Date.now() === isOver ? one : null
    })
  // a duplicate, and the numbers of another run
  for (const seq of [7, 8, 8, 12]) write({ ...heartbeat, seq })
  for (const seq of [1, 2, 4]) write({ ...heartbeat, run: 'r2', seq })
  const { labels, annotations } = await found(false)
  assert.deepEqual(
    [labels, annotations['summary']],
    [
      { alertname: 'LogLinesMissing', severity: 'warning', evaluator: 'vmalert', ...writer },
      '4 lines of the last hour are missing in the store: figures and alerts on them are too low',
    ],
  )
  for (const seq of [9, 10, 11]) write({ ...heartbeat, seq })
  write({ ...heartbeat, run: 'r2', seq: 3 })
  await found(true)
})
