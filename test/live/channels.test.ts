import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageOn } from './expected-alerts.ts'
import { until } from './prometheus-api.ts'
import { scrapedStage } from './scraped-stage.ts'

// One channel that accepts requests and never answers, with everything else as it is.

test('a hanging channel delays nothing on the other one, and is reported there', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return
  const { phone } = stage
  phone.hang('telegram', true)
  await stage.bot.turn('trading-mode', true)
  await messageOn(phone, 'discord', 'TradingModeMismatch', 'FIRING', 180_000)
  await stage.bot.turn('trading-mode', false)
  const reported = await messageOn(phone, 'discord', 'NotificationsFailing', 'FIRING', 240_000)
  assert.match(reported.text.replace(/\\/g, ''), /messages have not reached telegram-(paper|live) for/)
  assert.deepEqual(
    phone.messages.filter(({ channel }) => channel === 'telegram'),
    [],
  )

  // a second attempt of each environment, at 55 s, may be the last that is too early to say how late it is
  await until('two attempts hang', 120_000, async () => (phone.unanswered('telegram') >= 4 ? true : null))
  phone.hang('telegram', false)
  const late = await messageOn(phone, 'telegram', 'TradingModeMismatch', 'FIRING', 90_000)
  assert.match(late.text, /\n⏳ \d min late: Telegram did not answer within 10 s$/)
  await messageOn(phone, 'discord', 'TradingModeMismatch', 'RESOLVED', 420_000)
  await messageOn(phone, 'telegram', 'TradingModeMismatch', 'RESOLVED', 30_000)
  const fired = (channel: string) =>
    phone.messages.filter((one) => one.channel === channel && /^FIRING.*TradingModeMismatch/m.test(one.text)).length
  // this alert reaches the channels of paper and of live, which lead to the same chat and to two webhooks here
  assert.deepEqual([fired('telegram'), fired('discord')], [2, 2])
})
