import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { startRelay } from '../../demo/stage/relay-process.ts'
import { messageOn } from './expected-alerts.ts'
import { instant, until } from './prometheus-api.ts'
import { scrapedStage } from './scraped-stage.ts'

// The one message that does not go through the relay is about the relay.

test('a relay that was killed is reported without it, and delivers what waited once it is back', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return
  const { phone, relay } = stage
  await until(
    'the relay is scraped',
    60_000,
    async () => (await instant(stage.prometheus.url, 'up{job="relay"} == 1'))[0]?.value ?? null,
  )
  phone.hang('telegram', true)
  await stage.bot.turn('api-unhealthy', true)
  await messageOn(phone, 'discord', 'APIUnhealthy', 'FIRING', 180_000)
  const queue = join(dirname(stage.folder), 'relay/telegram-paper')
  // it is in memory first, and a relay that is killed then gets it again from Alertmanager
  await until('the message for Telegram is on disk', 60_000, async () =>
    readdirSync(queue).some((name) => !name.startsWith('.')) ? true : null,
  )
  const queuedAt = Date.now()
  await relay.stop('SIGKILL')
  const { text } = await messageOn(phone, 'discord', 'RelayDown', 'FIRING', 240_000)
  assert.match(text.replace(/\\/g, ''), /the relay does not answer: no other message reaches you/)

  // on a busy machine the relay may have missed a scrape before it was killed, and a message says that it is late after a minute only
  await delay(Math.max(0, queuedAt + 61_000 - Date.now()))
  phone.hang('telegram', false)
  const again = await startRelay({
    folder: join(stage.folder, 'relay'),
    data: join(dirname(stage.folder), 'relay'),
    address: new URL(relay.url).host,
  })
  t.after(() => again.stop())
  const late = await messageOn(phone, 'telegram', 'APIUnhealthy', 'FIRING', 60_000)
  assert.match(late.text, /\n⏳ \d min late$/)
  const back = await messageOn(phone, 'telegram', 'RelayDown', 'RESOLVED', 60_000)
  assert.deepEqual([late.silent, back.silent], [false, true])
  assert.match(back.text, /The relay works again and delivers what waited\./)
  // before the stage removes the folder that it writes to
  await again.stop()
})
