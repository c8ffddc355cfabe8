import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyAlert } from '../../../definitions/language/alert.ts'
import type { Bot } from '../../../definitions/language/bot.ts'
import { tradingbot } from '../../../definitions/tradingbot/index.ts'
import { ordersWithoutEnd } from '../../../definitions/tradingbot/orders/unresolved.ts'
import { startBot } from '../../../demo/stage/bot-process.ts'
import { type FaultName, faults } from '../../../demo/tradingbot/faults/list.ts'
import { needs } from '../../servers/skipped.ts'
import { until } from '../prometheus-api.ts'
import { startLogStage } from './log-stage.ts'

// What the paper bot writes under its faults, from its file to what Alertmanager receives. Shortened: HeartbeatLineMissing
// holds for half a minute instead of four; the bot writes a heartbeat line every minute. OrderWithoutEnd waits for half a minute.

const shortened: Readonly<Record<string, Partial<AnyAlert>>> = {
  HeartbeatLineMissing: { for: '30s' },
  OrderWithoutEnd: { lines: ordersWithoutEnd('30s', '6h').gt(0).lines },
}
const impatient: Bot = {
  ...tradingbot,
  alerts: tradingbot.alerts.map((alert) => ({ ...alert, ...shortened[alert.name] })),
}
const onLines = tradingbot.alerts.filter((alert) => alert.of === 'logs').map(({ name }) => name)

/** One after the other; the last one ends the log. */
const order: readonly FaultName[] = [
  'risk-limit',
  'lost-order',
  'very-slow-order',
  'api-errors',
  'failing-orders',
  'silent-log',
]

test('the faults of the paper bot fire their alerts on lines, and no others', async (t) => {
  if ((await needs(t, 'victoria-logs', 'vlagent', 'vmalert')) === undefined) return
  const { latest, lines: folder } = await startLogStage(t, impatient)
  const bot = await startBot('tradingbot', { env: { LOGS: folder } })
  t.after(() => bot.stop())
  /** All that have fired so far, apart from the one that always does. */
  const fired = () =>
    [...new Set(latest().map(({ labels }) => labels['alertname'] as string))]
      .filter((name) => name !== 'LogWatchdog')
      .sort()
  const expected: string[] = []
  for (const fault of order) {
    await bot.turn(fault, true)
    expected.push(...faults[fault].trips.filter((alert) => onLines.includes(alert)))
    await until(`${fault} is noticed`, 300_000, async () => (fired().length >= expected.length ? true : null))
    assert.deepEqual(fired(), expected.toSorted(), fault)
    await bot.turn(fault, false)
  }
  assert.deepEqual(expected.toSorted(), onLines.toSorted())
  const ofOrders = latest().filter(({ labels }) => labels['alertname'] === 'OrdersFailing')
  assert.deepEqual([...new Set(ofOrders.map(({ labels }) => labels['reason']))], ['insufficient_balance'])
})
