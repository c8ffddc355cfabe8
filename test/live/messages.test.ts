import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectedAlerts, firingMessage, messageOn, onTelegram, resolvedMessage } from './expected-alerts.ts'
import { scrapedStage } from './scraped-stage.ts'

// From faults of the paper bot to their messages and back; a separate stage from the healthy bot.

test('the faults of mcbot, live', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return

  await t.test('several alerts fire together, each with its own message on Telegram', async () => {
    for (const { fault } of expectedAlerts) await stage.bot.turn(fault, true)
    await Promise.all(
      expectedAlerts.map(async (one) => {
        assert.equal(await onTelegram(stage.phone, one.alert, 'FIRING', 240_000), firingMessage(one))
        await stage.bot.turn(one.fault, false)
      }),
    )
  })

  await t.test('a resolved alert is notified', async () => {
    const [mode] = expectedAlerts
    assert.equal(await onTelegram(stage.phone, mode.alert, 'RESOLVED', 420_000), resolvedMessage(mode))
  })

  await t.test('a firing alert produces the message that a person reads', async () => {
    await stage.bot.turn('metrics-endpoint', true)
    const fired = await messageOn(stage.phone, 'discord', 'BotDown', 'FIRING', 180_000)
    assert.ok(
      plain(fired.text).includes('no answer to scrapes for more than 30 seconds; held at the last one: '),
      fired.text,
    )
    await stage.bot.turn('metrics-endpoint', false)
    await messageOn(stage.phone, 'discord', 'BotDown', 'RESOLVED', 420_000)
  })
})

/** Discord shows the character after a backslash. */
const plain = (text: string) => text.replace(/\\(.)/g, '$1')
