import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Server } from '../../../demo/servers/server.ts'
import { startPrometheus } from '../../../demo/servers/start.ts'
import { prometheusAlertFlags } from '../../../generators/stack/alert-timing.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { needs } from '../../servers/skipped.ts'

// Alertmanager resolves what has not been sent for three minutes, so an alert that begins again is reported as resolved while its fault lasts.

const hold = 15

test('an alert that fires when Prometheus restarts fires again at once, however long its for is', async (t) => {
  const tools = await needs(t, 'prometheus')
  if (tools === undefined) return
  const running: Server[] = []
  // the server must stop before the folder that it writes to is removed
  t.after(() => Promise.all(running.map((one) => one.stop())))
  const folder = temporaryFolder(t)
  writeFileSync(
    join(folder, 'prometheus.yml'),
    'global: { evaluation_interval: 1s }\nrule_files: [rules.yml]\nscrape_configs: []\n',
  )
  writeFileSync(
    join(folder, 'rules.yml'),
    `groups: [{ name: one, rules: [{ alert: Lasting, expr: vector(1), for: ${hold}s }] }]\n`,
  )
  const start = async () => {
    const server = await startPrometheus({
      tool: tools.prometheus,
      configFile: join(folder, 'prometheus.yml'),
      dataDir: join(folder, 'data'),
      args: prometheusAlertFlags,
    })
    running.push(server)
    return server
  }
  const before = await firing(t, await start())
  await running.pop()?.stop()
  const restarted = Date.now()
  const after = await firing(t, await start())
  assert.ok(Math.abs(after.activeAt - before.activeAt) < 2000, 'it has been active since before the restart')
  assert.ok(after.activeAt < restarted - hold * 1000)
})

interface ActiveAlert {
  readonly state: string
  readonly activeAt: string
}

/** The alert, once it fires. */
async function firing(t: TestContext, server: Server): Promise<{ readonly activeAt: number }> {
  for (;;) {
    const { data } = (await (await fetch(`${server.url}/api/v1/alerts`)).json()) as {
      readonly data: { readonly alerts: readonly ActiveAlert[] }
    }
    const [alert] = data.alerts
    if (alert?.state === 'firing') return { activeAt: Date.parse(alert.activeAt) }
    await delay(100, undefined, { signal: t.signal })
  }
}
