import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bot } from '../../definitions/language/bot.ts'
import { seconds } from '../../definitions/language/index.ts'
import { tradingbot } from '../../definitions/tradingbot/index.ts'
import { metrics } from '../../definitions/tradingbot/series.ts'
import { startStage } from '../../demo/stage/stage.ts'
import { needs } from '../servers/skipped.ts'
import { messageOn } from './expected-alerts.ts'
import { instant, until } from './prometheus-api.ts'

// The bot freezes, is restarted, and freezes again until its watchdog gives up; each step is notified on both channels.
// Shortened: HeartbeatMissed fires after 15 s instead of 180, the watchdog restarts after 60 s instead of 240, and
// gives up after one restart instead of three.

const impatient: Bot = {
  ...tradingbot,
  alerts: tradingbot.alerts.map((alert) =>
    alert.name === 'HeartbeatMissed' ? { ...alert, when: metrics.heartbeat_age.gt(seconds(15)).node } : alert,
  ),
}
const programs = ['prometheus', 'alertmanager', 'node_exporter', 'victoria-logs', 'vlagent', 'vmalert'] as const

test('a bot that freezes is notified, then restarted, then given up', async (t) => {
  if ((await needs(t, ...programs)) === undefined) return
  const { bot, phone, prometheus, stop } = await startStage(impatient, {
    watchdog: ['--silent', '60s', '--restarts', '1'],
  })
  t.after(stop)
  const figure = async (query: string) => (await instant(prometheus.url, query))[0]?.value
  const onBoth = async (alert: string, within: number): Promise<number> => {
    const messages = await Promise.all(
      (['telegram', 'discord'] as const).map((channel) => messageOn(phone, channel, alert, 'FIRING', within)),
    )
    return Math.max(...messages.map(({ at }) => at))
  }
  await until('bot and watchdog are scraped', 120_000, async () =>
    (await figure('tradingbot_heartbeat_age')) !== undefined && (await figure('botwatch_watchdog_restarts_left')) === 1
      ? true
      : null,
  )

  const since = await figure('tradingbot_peak_since_timestamp')

  await bot.turn('freeze', true)
  const missed = await onBoth('HeartbeatMissed', 120_000)
  const restarted = await onBoth('BotRestarted', 180_000)
  assert.ok(missed < restarted, 'the message that the loop is stuck comes while the bot can still be inspected')
  await onBoth('NoRestartLeft', 60_000)
  await until('the restarted bot is scraped', 60_000, async () =>
    ((await figure('changes(tradingbot_start_timestamp[10m])')) ?? 0) > 0 ? true : null,
  )
  assert.ok(since !== undefined)
  assert.equal(await figure('tradingbot_peak_since_timestamp'), since, 'a restart keeps what the bot knows')

  await until('the restarted bot can freeze again', 60_000, async () => {
    await bot.turn('freeze', true)
    return true
  })
  await onBoth('BotGivenUp', 180_000)
  assert.equal(await bot.ended, 3)
})
