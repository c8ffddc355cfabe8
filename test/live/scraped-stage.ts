import type { TestContext } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { startStage } from '../../demo/stage/stage.ts'
import { needs } from '../servers/skipped.ts'
import { expectedEverywhere } from './expected-alerts.ts'
import { instant, until } from './prometheus-api.ts'

/** The stage of mcbot with every alert on every channel, once its bot is scraped; undefined, and the test skipped, without the servers. */
export async function scrapedStage(t: TestContext): Promise<Awaited<ReturnType<typeof startStage>> | undefined> {
  if ((await needs(t, 'prometheus', 'alertmanager', 'node_exporter')) === undefined) return undefined
  const stage = await startStage(expectedEverywhere(mcbot))
  t.after(() => stage.stop())
  await until(
    'the bot is scraped',
    60_000,
    async () => (await instant(stage.prometheus.url, 'mcbot_uptime_seconds'))[0]?.value ?? null,
  )
  return stage
}
