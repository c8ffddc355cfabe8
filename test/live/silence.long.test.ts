import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { startAlertmanager, startPrometheus } from '../../demo/servers/start.ts'
import { alertmanagerFlags, prometheusAlertFlags, startDelay } from '../../generators/stack/alert-timing.ts'
import { messageOn } from './expected-alerts.ts'
import { until } from './prometheus-api.ts'
import { scrapedStage } from './scraped-stage.ts'

// What takes longer than Alertmanager keeps an alert that nobody sends any more: three minutes.

test('a Prometheus that is dead for longer than its alerts last causes no RESOLVED', async (t) => {
  const stage = await stageWithDeadBot(t)
  if (stage === undefined) return
  const { phone, alertmanager } = stage
  const address = new URL(stage.prometheus.url).host
  await stage.prometheus.stop()
  await messageOn(phone, 'telegram', 'MonitoringStopped', 'FIRING', 180_000)
  await until('Alertmanager forgets BotDown', 400_000, async () =>
    (await namesIn(alertmanager.url)).includes('BotDown') ? null : true,
  )
  // a group is checked once per cooldown
  await delay(150_000)
  assert.deepEqual(titlesOf(phone, 'RESOLVED'), [])
  const again = await startPrometheus({
    configFile: join(stage.folder, 'prometheus/prometheus.yml'),
    dataDir: join(dirname(stage.folder), 'prometheus'),
    address,
    args: prometheusAlertFlags,
  })
  t.after(() => again.stop())
  const { text } = await messageOn(phone, 'telegram', 'MonitoringStopped', 'RESOLVED', 400_000)
  assert.match(text, /Still firing: BotDown \(paper, paper-1\)\./)
  assert.deepEqual(new Set(titlesOf(phone, 'RESOLVED')), new Set(['MonitoringStopped']))
  await again.stop()
})

test('everything suspended for six minutes causes no RESOLVED when it wakes', async (t) => {
  const stage = await stageWithDeadBot(t)
  if (stage === undefined) return
  const { phone, prometheus, alertmanager, relay, nodeExporter, bot } = stage
  const pids = [prometheus.pid, alertmanager.pid, relay.pid, nodeExporter.pid, bot.pid]
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  await delay(360_000)
  for (const pid of pids) process.kill(pid, 'SIGCONT')
  await delay(300_000)
  assert.deepEqual(
    titlesOf(phone, 'RESOLVED').filter((title) => title !== 'MonitoringStopped'),
    [],
  )
  assert.ok((await namesIn(alertmanager.url)).includes('BotDown'), 'the bot is still dead')
})

test('an Alertmanager that restarts while the bot is dead repeats nothing and resolves nothing', async (t) => {
  const stage = await stageWithDeadBot(t, 'trading-mode', 'TradingModeMismatch')
  if (stage === undefined) return
  const { phone, alertmanager } = stage
  await until('its series are stale, and BotDown mutes what follows from that', 400_000, async () =>
    (await namesIn(alertmanager.url)).includes('TradingModeMismatch') ? null : true,
  )
  const address = new URL(alertmanager.url).host
  const before = phone.messages.length
  await alertmanager.stop()
  const again = await startAlertmanager({
    configFile: join(stage.folder, 'alertmanager/alertmanager.yml'),
    dataDir: join(dirname(stage.folder), 'alertmanager'),
    address,
    args: [...alertmanagerFlags, startDelay(mcbot)],
  })
  t.after(() => again.stop())
  await delay(300_000)
  assert.deepEqual(
    phone.messages
      .slice(before)
      .filter(({ channel }) => channel !== 'webhook')
      .map(({ text }) => text),
    [],
  )
  await again.stop()
})

/** A stage whose bot does not answer scrapes, after its message has arrived; another fault is switched on and reported before. */
async function stageWithDeadBot(t: TestContext, fault?: 'trading-mode', alert = '') {
  const stage = await scrapedStage(t)
  if (stage === undefined) return undefined
  if (fault !== undefined) {
    await stage.bot.turn(fault, true)
    await messageOn(stage.phone, 'discord', alert, 'FIRING', 240_000)
  }
  await stage.bot.turn('metrics-endpoint', true)
  await messageOn(stage.phone, 'discord', 'BotDown', 'FIRING', 240_000)
  return stage
}

async function namesIn(alertmanager: string): Promise<readonly string[]> {
  const alerts = (await (await fetch(`${alertmanager}/api/v2/alerts`)).json()) as readonly {
    readonly labels: { readonly alertname: string }
  }[]
  return alerts.map(({ labels }) => labels.alertname)
}

/** The names of the alerts in messages of a state. */
const titlesOf = ({ messages }: { readonly messages: readonly { readonly text: string }[] }, state: string) =>
  messages
    .map(({ text }) => text.split('\n')[1] ?? '')
    .filter((line) => line.startsWith(state))
    .map((line) => line.split(' · ')[1] ?? '')
