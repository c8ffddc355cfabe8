import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as after } from 'node:timers/promises'
import { mcbot } from '../../definitions/mcbot/index.ts'
import type { FaultName } from '../../demo/mcbot/faults/list.ts'
import { latencies } from '../../generators/latency/latency.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { latencyText } from '../../generators/text/latency.ts'
import { expectedEverywhere, messageOn } from './expected-alerts.ts'
import { scrapedStage } from './scraped-stage.ts'

// From the fault to the phone: each alert within the time that its documentation promises.

type Stage = NonNullable<Awaited<ReturnType<typeof scrapedStage>>>

interface Faulty {
  readonly fault: FaultName
  readonly alerts: readonly string[]
  /** When the fault has gone far enough for the condition, if that takes a while: a sum over the bot's series from the start of the fault. */
  readonly reaches?: { readonly series: RegExp; readonly growth: number }
}

/** Faults that can exist side by side; those of BotDown come last, since it mutes the others. */
const faulty: readonly Faulty[] = [
  { fault: 'circuit-breaker', alerts: ['CircuitBreakerTripped'] },
  { fault: 'risk-critical', alerts: ['RiskCritical'] },
  { fault: 'trading-mode', alerts: ['TradingModeMismatch'] },
  { fault: 'heartbeat-stop', alerts: ['HeartbeatStale'] },
  {
    fault: 'api-unhealthy',
    alerts: ['APIUnhealthy'],
    reaches: { series: /^mcbot_exchange_consecutive_failures/, growth: 5 },
  },
  { fault: 'error-burst', alerts: ['ErrorBurst'], reaches: { series: /^mcbot_errors_total/, growth: 10 } },
  { fault: 'rate-limit', alerts: ['RateLimitNear'] },
  { fault: 'high-drawdown', alerts: ['HighDrawdown', 'DailyLossCritical'] },
  { fault: 'high-margin', alerts: ['MarginNearLimit'] },
  { fault: 'ws-disconnected', alerts: ['WSDisconnected', 'WSNoMessages'] },
  { fault: 'events-dropped', alerts: ['EventsDropped'] },
  { fault: 'open-files', alerts: ['HighFDCount', 'FDLimitNear'] },
]

/** What this machine may add: processes that wait for a processor, and the delivery. */
const slack = 5000
/** How much earlier the last sign of life may have been than the fault. */
const earlier = 3000

const { model } = resolve(expectedEverywhere(mcbot), containerTopology)
const promised = latencies(model)

test('seventeen alerts reach the phone within the times that the documentation promises', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return
  const began = new Map<string, Promise<number>>()
  for (const one of faulty) {
    const beginning = begins(stage, one)
    for (const alert of one.alerts) began.set(alert, beginning)
    await stage.bot.turn(one.fault, true)
  }
  began.set('TargetDown', Promise.resolve(Date.now()))
  await stage.nodeExporter.stop()
  await Promise.all([...began].map(async ([alert, at]) => arrives(t, stage, alert, await at)))

  const down = Date.now()
  await stage.bot.turn('metrics-endpoint', true)
  await arrives(t, stage, 'BotDown', down)
})

async function arrives(t: TestContext, { phone }: Stage, alert: string, began: number): Promise<void> {
  const rule = model.alerts.find(({ name }) => name === alert)
  const latency = rule === undefined ? null : promised(rule)
  assert.ok(latency, alert)
  const { at } = await messageOn(phone, 'discord', alert, 'FIRING', latency.most * 1000 + 60_000)
  const took = at - began
  t.diagnostic(`${alert}: ${(took / 1000).toFixed(1)} s, promised ${latencyText(latency)}`)
  assert.ok(took >= latency.least * 1000 - earlier, `${alert} came after ${took} ms, at least ${latency.least} s`)
  assert.ok(took <= latency.most * 1000 + slack, `${alert} came after ${took} ms, at most ${latency.most} s`)
}

/** When a fault begins: as it is switched on, or once the bot shows that it has gone far enough. */
async function begins({ bot }: Stage, { reaches }: Faulty): Promise<number> {
  const before = Date.now()
  if (reaches === undefined) return before
  const sum = async (): Promise<number> => {
    const lines = (await (await fetch(bot.metricsUrl)).text()).split('\n')
    return lines
      .filter((line) => reaches.series.test(line))
      .reduce((all, line) => all + Number(line.split(' ').at(-1)), 0)
  }
  const start = await sum()
  while ((await sum()) < start + reaches.growth) await after(200)
  return Date.now()
}
