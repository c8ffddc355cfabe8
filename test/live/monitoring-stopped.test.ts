import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageOn } from './expected-alerts.ts'
import { scrapedStage } from './scraped-stage.ts'

// What the phone shows when nothing evaluates alerts any more.

test('a Prometheus that hangs is reported within two minutes, and its return lists what still fires', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return
  const { phone, prometheus } = stage
  await stage.bot.turn('metrics-endpoint', true)
  await messageOn(phone, 'discord', 'BotDown', 'FIRING', 240_000)

  process.kill(prometheus.pid, 'SIGSTOP')
  const stopped = Date.now()
  const fired = await messageOn(phone, 'telegram', 'MonitoringStopped', 'FIRING', 180_000)
  assert.match(
    fired.text,
    /^🔴 <b>Prometheus has not answered for [45]\ds: nothing watches mcbot now<\/b>\nFIRING critical · MonitoringStopped · mcbot · prometheus\n/,
  )
  t.diagnostic(`reported after ${Math.round((fired.at - stopped) / 1000)} s`)
  await messageOn(phone, 'discord', 'MonitoringStopped', 'FIRING', 10_000)

  process.kill(prometheus.pid, 'SIGCONT')
  const back = await messageOn(phone, 'telegram', 'MonitoringStopped', 'RESOLVED', 300_000)
  assert.match(
    back.text,
    /^✅ <b>Prometheus evaluates alerts again after \dm\d*s?\. Still firing: BotDown \(paper, paper-1\)\.<\/b>\nRESOLVED critical · MonitoringStopped · mcbot · prometheus\nafter /,
  )
  assert.deepEqual(
    phone.messages.filter(({ text }) => text.includes('RESOLVED') && text.includes('BotDown')).map(({ text }) => text),
    phone.messages
      .filter(({ text }) => text.includes('MonitoringStopped') && text.includes('BotDown'))
      .map(({ text }) => text),
    'the only RESOLVED message that names BotDown is the one that says it still fires',
  )
})
