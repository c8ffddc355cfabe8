import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as after } from 'node:timers/promises'
import { inSeconds } from '../../definitions/language/duration.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import type { FaultName } from '../../demo/mcbot/faults/list.ts'
import { latencies } from '../../generators/latency/latency.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { groupWait } from '../../generators/stack/alert-timing.ts'
import { latencyText } from '../../generators/text/latency.ts'
import { expectedEverywhere, messageOn } from './expected-alerts.ts'
import { instant, until } from './prometheus-api.ts'
import { scrapedStage } from './scraped-stage.ts'

// From the fault to the phone: each alert within the time that its documentation promises, by the servers' own times.

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

const { model } = resolve(expectedEverywhere(mcbot), containerTopology)
const promised = latencies(model)

/** Between which times of Prometheus a fault began: the last scrape before it, and the end of the first one after. */
interface Beginning {
  readonly earliest: number
  readonly latest: Promise<number>
}

test('seventeen alerts fire within the times that the documentation promises, and reach the phone', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return
  const began = new Map<string, Promise<Beginning>>()
  for (const { fault, alerts, reaches } of faulty) {
    const turn = () => stage.bot.turn(fault, true)
    const beginning = reaches === undefined ? during(stage, 'mcbot', turn) : reached(stage, reaches, turn)
    for (const alert of alerts) began.set(alert, beginning)
    if (reaches === undefined) await beginning
  }
  began.set(
    'TargetDown',
    during(stage, 'node-exporter', () => stage.nodeExporter.stop()),
  )
  await Promise.all([...began].map(async ([alert, beginning]) => fires(t, stage, alert, await beginning)))
  await fires(t, stage, 'BotDown', await during(stage, 'mcbot', () => stage.bot.turn('metrics-endpoint', true)))
})

/** The alert is notified, and Prometheus found it firing in time by the clock of its own scrapes and evaluations. */
async function fires(t: TestContext, stage: Stage, alert: string, { earliest, latest }: Beginning): Promise<void> {
  const rule = model.alerts.find(({ name }) => name === alert)
  const latency = rule === undefined ? null : promised(rule)
  assert.ok(latency, alert)
  await messageOn(stage.phone, 'discord', alert, 'FIRING', latency.most * 1000 + 120_000)
  const fired = await startOf(stage.alertmanager.url, alert)
  const [most, least] = [fired - earliest, fired - (await latest)]
  t.diagnostic(
    `${alert}: fired ${least.toFixed(1)} to ${most.toFixed(1)} s after its fault, promised ${latencyText(latency)}`,
  )
  // what Alertmanager adds to the time of the evaluation
  assert.ok(most >= latency.least - groupWait, `${alert} fired after at most ${most} s, at least ${latency.least} s`)
  assert.ok(least <= latency.most - groupWait, `${alert} fired after at least ${least} s, at most ${latency.most} s`)
}

/** When the evaluation was that found an alert firing, in seconds, as Prometheus tells Alertmanager. */
async function startOf(alertmanager: string, alert: string): Promise<number> {
  const query = new URLSearchParams({ filter: `alertname="${alert}"` })
  const alerts = (await (await fetch(`${alertmanager}/api/v2/alerts?${query}`)).json()) as readonly {
    readonly startsAt: string
  }[]
  assert.ok(alerts.length > 0, `Alertmanager knows no ${alert}`)
  return Math.min(...alerts.map(({ startsAt }) => Date.parse(startsAt))) / 1000
}

/** Prometheus' time of the last scrape of a job, in seconds. */
async function lastScrape({ prometheus }: Stage, job: string): Promise<number> {
  const [sample] = await instant(prometheus.url, `timestamp(up{job="${job}"})`)
  assert.ok(sample, job)
  return sample.value
}

/** The time at which the first scrape that is not known yet has ended: it may be under way. */
async function endOfNextScrape(stage: Stage, job: string): Promise<number> {
  const newer = (than: number) =>
    until(`a scrape of ${job} after ${than}`, 60_000, async () => {
      const at = await lastScrape(stage, job)
      return at > than ? at : null
    })
  return (await newer(await lastScrape(stage, job))) + inSeconds(mcbot.stack.scrape.timeout)
}

/** A fault that begins while something is done. */
async function during(stage: Stage, job: string, begin: () => Promise<unknown>): Promise<Beginning> {
  const earliest = await lastScrape(stage, job)
  await begin()
  return { earliest, latest: endOfNextScrape(stage, job) }
}

/** A fault that begins once the bot shows that it has gone far enough. */
async function reached(
  stage: Stage,
  { series, growth }: NonNullable<Faulty['reaches']>,
  turn: () => Promise<unknown>,
): Promise<Beginning> {
  const sum = async (): Promise<number> => {
    const lines = (await (await fetch(stage.bot.metricsUrl)).text()).split('\n')
    return lines.filter((line) => series.test(line)).reduce((all, line) => all + Number(line.split(' ').at(-1)), 0)
  }
  const start = await sum()
  let earliest = await lastScrape(stage, 'mcbot')
  await turn()
  while ((await sum()) < start + growth) {
    earliest = await lastScrape(stage, 'mcbot')
    await after(200)
  }
  return { earliest, latest: endOfNextScrape(stage, 'mcbot') }
}
