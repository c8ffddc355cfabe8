import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { mcbot } from '../../definitions/mcbot/index.ts'
import type { Server } from '../../demo/servers/server.ts'
import { startAlertmanager, startPrometheus } from '../../demo/servers/start.ts'
import { alertmanagerFlags, prometheusAlertFlags, startDelay } from '../../generators/stack/alert-timing.ts'
import { messageOn } from './expected-alerts.ts'
import { scrapedStage } from './scraped-stage.ts'

// Servers that die again and again, as when the machine has too little memory, while the bot is dead.

test('a Prometheus that keeps crashing is reported within two minutes, and nothing is resolved', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return
  const { phone } = stage
  await stage.bot.turn('metrics-endpoint', true)
  await messageOn(phone, 'discord', 'BotDown', 'FIRING', 240_000)
  const address = new URL(stage.prometheus.url).host
  const crashing = crashLoop(t, stage.prometheus, 18_000, () =>
    startPrometheus({
      configFile: join(stage.folder, 'prometheus/prometheus.yml'),
      dataDir: join(dirname(stage.folder), 'prometheus'),
      address,
      args: prometheusAlertFlags,
    }),
  )
  await messageOn(phone, 'telegram', 'MonitoringStopped', 'FIRING', 240_000)
  // seven lives of 18 seconds are two minutes, and the time of a message
  assert.ok(crashing.lives() <= 7, `reported only in its life ${crashing.lives()}`)
  // longer than Alertmanager keeps an alert that nobody sends
  await delay(240_000)
  await crashing.end()
  assert.deepEqual(
    phone.messages.filter(({ text }) => /RESOLVED/.test(text)).map(({ text }) => text.split('\n')[0]),
    [],
  )
})

test('an Alertmanager that keeps crashing is reported without it, and once', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return
  const { phone } = stage
  const address = new URL(stage.alertmanager.url).host
  const crashing = crashLoop(t, stage.alertmanager, 30_000, () =>
    startAlertmanager({
      configFile: join(stage.folder, 'alertmanager/alertmanager.yml'),
      dataDir: join(dirname(stage.folder), 'alertmanager'),
      address,
      args: [...alertmanagerFlags, startDelay(mcbot)],
    }),
  )
  const { text } = await phone.waitFor(
    (one) => one.channel === 'telegram' && one.text.includes('Alertmanager does not work'),
    'the relay reports it',
    300_000,
  )
  assert.match(
    text,
    /^🔴 <b>Alertmanager does not work: it has kept restarting, or answered only now and then, for 2m3\ds; no alert of mcbot can reach you\.<\/b>\nFIRING critical · Alertmanager · mcbot\n/,
  )
  await crashing.end()
  const back = await phone.waitFor(
    (one) => one.channel === 'telegram' && one.text.includes('Alertmanager works again'),
    'the relay reports its end',
    180_000,
  )
  assert.match(
    back.text,
    /^✅ <b>Alertmanager works again, after \d+m(\d+s)?\.<\/b>\nRESOLVED critical · Alertmanager · mcbot$/,
  )
  // to the channels of both environments
  assert.deepEqual(
    phone.messages
      .filter(({ text }) => text.includes('Alertmanager does not work'))
      .map(({ channel }) => channel)
      .sort(),
    ['discord', 'discord', 'telegram', 'telegram'],
  )
})

/** Kills a server whenever it has lived for a while, and starts it again a second later; counts its lives, of which the last goes on. */
function crashLoop(t: TestContext, first: Server, life: number, start: () => Promise<Server>) {
  let [server, isOver, lives] = [first, false, 0]
  const loop = (async () => {
    while (!isOver) {
      process.kill(server.pid, 'SIGKILL')
      await delay(1000)
      server = await start()
      lives += 1
      await delay(life)
    }
  })()
  const end = async () => {
    isOver = true
    await loop
  }
  t.after(async () => {
    await end()
    await server.stop()
  })
  return { lives: () => lives, end }
}
