import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Server } from '../../demo/servers/server.ts'
import { startPrometheus } from '../../demo/servers/start.ts'
import { prometheusAlertFlags } from '../../generators/stack/alert-timing.ts'
import { instant, until } from './prometheus-api.ts'
import { scrapedStage } from './scraped-stage.ts'

// Until its first scrape, a restarted Prometheus knows only how the bot was before.

// Longer than a heartbeat may be old; with the start of Prometheus, shorter than what the relay reports.
const outage = 28_000

test('two restarts of Prometheus below a healthy bot send nothing', async (t) => {
  const stage = await scrapedStage(t)
  if (stage === undefined) return
  const address = new URL(stage.prometheus.url).host
  const running: Server[] = [stage.prometheus]
  t.after(() => Promise.all(running.map((one) => one.stop())))
  for (const _ of ['first', 'second']) {
    await running.pop()?.stop()
    await delay(outage)
    const again = await startPrometheus({
      configFile: join(stage.folder, 'prometheus/prometheus.yml'),
      dataDir: join(dirname(stage.folder), 'prometheus'),
      address,
      args: prometheusAlertFlags,
    })
    running.push(again)
    // what fires because of the restart would have fired by then, and Alertmanager would have sent it
    await until('it has scraped the bot for a minute', 120_000, async () => {
      const [scrapes] = await instant(again.url, 'count_over_time(up{job="mcbot"}[65s])')
      return (scrapes?.value ?? 0) >= 6 ? true : null
    })
  }
  assert.deepEqual(
    stage.phone.messages.filter(({ channel }) => channel !== 'webhook').map(({ text }) => text.split('\n')[0]),
    [],
  )
})
