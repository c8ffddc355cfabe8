import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
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

// Alertmanager itself looks at a muted group again only when its cooldown is over.

const program = fileURLToPath(new URL('../../../generators/outputs/relay/program', import.meta.url))
/** Far longer than the test waits. */
const cooldown = '1h'

test('what fires when a silence ends is sent then, and what has been sent is not sent again', async (t) => {
  const stage = await startStage(t)
  if (stage === undefined) return
  const { alertmanager, received } = stage
  const now = Date.now()
  const silenced = await postSilence(alertmanager, {
    matchers: [{ name: 'alertname', value: 'BotDown', isRegex: false, isEqual: true }],
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 12_000).toISOString(),
    createdBy: 'tiny',
    comment: 'graceful stop',
  })
  assert.ok('id' in silenced)
  await fire(alertmanager, 'BotDown', 'Sent')
  assert.deepEqual(await received.next(), 'firing Sent')
  assert.deepEqual(await received.next(), 'firing BotDown')
  // after the same reload
  await fire(alertmanager, 'Later')
  assert.deepEqual(await received.next(), 'firing Later')
})

test('what is over while another alert mutes it is sent as resolved when that one ends', async (t) => {
  const stage = await startStage(t)
  if (stage === undefined) return
  const { alertmanager, received } = stage
  await fire(alertmanager, 'HeartbeatStale')
  assert.deepEqual(await received.next(), 'firing HeartbeatStale')
  // long enough for the relay to see it
  await fireFor(alertmanager, 12_000, 'BotDown')
  assert.deepEqual(await received.next(), 'firing BotDown')
  await fireFor(alertmanager, -1, 'HeartbeatStale')
  const told = [await received.next(), await received.next()]
  assert.deepEqual(told.sort(), ['resolved BotDown', 'resolved HeartbeatStale'])
})

/** Alertmanager and the relay, and who receives the messages; undefined, and the test skipped, without Alertmanager. */
async function startStage(t: TestContext) {
  const tools = await needs(t, 'alertmanager')
  if (!tools) return undefined
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
      inhibit_rules: [{ source_matchers: ['alertname="BotDown"'], target_matchers: ['alertname="HeartbeatStale"'] }],
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
    muted: { HeartbeatStale: { by: ['BotDown'], settles: 60 } },
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
  return { alertmanager: alertmanager.url, received }
}

const fire = (url: string, ...names: readonly string[]): Promise<void> => fireFor(url, 600_000, ...names)

/** Alerts that began a minute ago and end in so many milliseconds. */
async function fireFor(url: string, duration: number, ...names: readonly string[]): Promise<void> {
  const now = Date.now()
  const alerts = names.map((alertname) => ({
    labels: { alertname, bot: 'tiny' },
    annotations: {},
    startsAt: new Date(now - 60_000).toISOString(),
    endsAt: new Date(now + duration).toISOString(),
  }))
  assert.equal(await post(url, alerts), null)
}

/** A receiver of webhooks: the states and names of the alerts, in the order of their messages. */
async function listening() {
  const arrived = new EventEmitter()
  const told: string[] = []
  const server = createServer(async (request, response) => {
    const { status, groupLabels } = (await json(request)) as {
      readonly status: string
      readonly groupLabels: { readonly alertname: string }
    }
    told.push(`${status} ${groupLabels.alertname}`)
    arrived.emit('message')
    response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: async (): Promise<string | undefined> => {
      if (told.length === 0) await once(arrived, 'message')
      return told.shift()
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
