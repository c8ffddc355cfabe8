import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freeAddress } from '../../../demo/servers/port.ts'
import { startAlertmanager } from '../../../demo/servers/start.ts'
import { startRelay } from '../../../demo/stage/relay-process.ts'
import { post } from '../../../generators/commands/alertmanager-api.ts'
import { postSilence } from '../../../generators/commands/silences.ts'
import type { RelayConfig } from '../../../generators/outputs/relay/program/config.ts'
import { yaml } from '../../../generators/text/yaml.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { needs } from '../../servers/skipped.ts'

// Alertmanager itself looks at a silenced group again only when its cooldown is over.

const program = fileURLToPath(new URL('../../../generators/outputs/relay/program', import.meta.url))
/** Far longer than the test waits. */
const cooldown = '1h'

test('what fires when a silence ends is sent then, and what has been sent is not sent again', async (t) => {
  const tools = await needs(t, 'alertmanager')
  if (!tools) return
  const received = await listening()
  const folder = temporaryFolder(t)
  const configFile = join(folder, 'alertmanager.yml')
  writeFileSync(
    configFile,
    yaml({
      route: {
        receiver: 'test',
        group_by: ['alertname'],
        group_wait: '0s',
        group_interval: cooldown,
        repeat_interval: cooldown,
      },
      receivers: [{ name: 'test', webhook_configs: [{ url: received.url }] }],
    }),
  )
  const alertmanager = await startAlertmanager({
    tool: tools.alertmanager,
    address: await freeAddress(),
    configFile,
    dataDir: join(folder, 'alertmanager'),
  })
  const config: RelayConfig = {
    bot: 'tiny',
    alertmanager: alertmanager.url,
    channels: [],
    sources: [],
    silence: { labels: { alertname: 'MonitoringStopped', bot: 'tiny' }, description: '', steps: '', runbook: '' },
    relayDown: 'RelayDown',
    events: [],
    hosts: [],
  }
  writeFileSync(join(folder, 'relay.json'), JSON.stringify(config))
  const relay = await startRelay({
    folder: program,
    config: join(folder, 'relay.json'),
    data: join(folder, 'relay'),
    address: await freeAddress(),
  })
  t.after(async () => {
    await relay.stop('SIGKILL')
    await alertmanager.stop()
    received.close()
  })

  const now = Date.now()
  const silenced = await postSilence(alertmanager.url, {
    matchers: [{ name: 'alertname', value: 'BotDown', isRegex: false, isEqual: true }],
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 12_000).toISOString(),
    createdBy: 'tiny',
    comment: 'graceful stop',
  })
  assert.ok('id' in silenced)
  await fire(alertmanager.url, 'BotDown', 'Sent')
  assert.deepEqual(await received.next(), 'Sent')
  assert.deepEqual(await received.next(), 'BotDown')
  // after the same reload
  await fire(alertmanager.url, 'Later')
  assert.deepEqual(await received.next(), 'Later')
})

async function fire(url: string, ...names: readonly string[]): Promise<void> {
  const now = Date.now()
  const alerts = names.map((alertname) => ({
    labels: { alertname, bot: 'tiny' },
    annotations: {},
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 600_000).toISOString(),
  }))
  assert.equal(await post(url, alerts), null)
}

/** A receiver of webhooks: the names of the alerts, in the order of their messages. */
async function listening() {
  const arrived = new EventEmitter()
  const names: string[] = []
  const server = createServer(async (request, response) => {
    const { groupLabels } = (await json(request)) as { readonly groupLabels: { readonly alertname: string } }
    names.push(groupLabels.alertname)
    arrived.emit('message')
    response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: async (): Promise<string | undefined> => {
      if (names.length === 0) await once(arrived, 'message')
      return names.shift()
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
