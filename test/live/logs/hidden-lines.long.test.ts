import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import type { Bot } from '../../../definitions/language/bot.ts'
import { lines } from '../../../definitions/language/index.ts'
import type { Phone } from '../../../demo/stage/phone.ts'
import { events, logsBot } from '../../fixtures/logs-bot.ts'
import { needs } from '../../servers/skipped.ts'
import { startToldLog } from './told-log.ts'

// What the phone shows of alerts on lines while lines cannot be seen. Shortened: failed orders are counted over one
// minute instead of five, and RESOLVED follows within ten seconds instead of a cooldown.

const programs = ['prometheus', 'alertmanager', 'victoria-logs', 'vlagent', 'vmalert'] as const

const impatient: Bot = {
  ...logsBot,
  alerts: logsBot.alerts.map((alert) => ({
    ...alert,
    cooldown: '10s',
    remindEvery: '1h',
    ...(alert.name === 'OrdersFailing'
      ? { lines: lines(events.order_failed).count('1m').by('symbol').gte(3).lines }
      : {}),
  })),
}

/** Waits for a message about an alert. */
const message = (phone: Phone, word: 'FIRING' | 'RESOLVED', alert: string, within: number) =>
  phone.waitFor(({ text }) => text.includes(`${word} `) && text.includes(`· ${alert} ·`), `${word} ${alert}`, within)

/** The alerts on lines that were reported as over. */
const over = (phone: Phone) =>
  phone.messages
    .filter(({ text }) => text.includes('RESOLVED ') && /· (?:OrdersFailing|NoHeartbeat) ·/.test(text))
    .map(({ text }) => text)

/** A log in which orders for one symbol fail each second, and whose alerts are on the phone. */
async function failingOrders(t: TestContext) {
  const log = await startToldLog(t, impatient)
  const agent = await log.startAgent()
  const order = { level: 'error', event: 'order_failed', symbol: 'ETHUSDT', side: 'buy', error: 'refused' }
  const failing = setInterval(() => log.write(order), 1000)
  const end = () => clearInterval(failing)
  t.after(end)
  await message(log.phone, 'FIRING', 'OrdersFailing', 120_000)
  await message(log.phone, 'FIRING', 'NoHeartbeat', 120_000)
  return { ...log, agent, end }
}

// both wait for the slowest alert on the way of a line
describe('what fires on lines', { concurrency: true }, () => {
  test('is not reported as over while the store refuses what vmalert asks for its alerts', async (t) => {
    if ((await needs(t, ...programs)) === undefined) return
    const { phone, store, withdrawn } = await failingOrders(t)
    store.refuses = true
    await message(phone, 'FIRING', 'LogRulesFailing', 360_000)
    assert.deepEqual(over(phone), [])
    store.refuses = false
    await withdrawn(2, 900_000)
    assert.deepEqual(over(phone), [])
  })

  test('is not reported as over while the agent is dead, but once it is over and the agent has read on', async (t) => {
    if ((await needs(t, ...programs)) === undefined) return
    const { phone, agent, startAgent, withdrawn, end } = await failingOrders(t)
    await agent.stop()
    await message(phone, 'FIRING', 'LogAgentDown', 360_000)
    assert.deepEqual(over(phone), [])
    await startAgent()
    await withdrawn(1, 900_000)
    assert.deepEqual(over(phone), [])
    end()
    const { text } = await message(phone, 'RESOLVED', 'OrdersFailing', 900_000)
    assert.match(
      text,
      /^✅ <b>no longer true: \d+ orders in ETHUSDT failed in five minutes<\/b>\nRESOLVED warning · OrdersFailing · tb · paper · tb-1\nafter /,
    )
  })
})
