import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { freeAddress } from '../../demo/servers/port.ts'
import { startAlertmanager } from '../../demo/servers/start.ts'
import { alertmanagerOutput } from '../../generators/outputs/alertmanager/alertmanager.ts'
import { drill, drillBot, drillEnds, drillSilence, inWords } from '../day/drill.ts'
import { arrivalsOf, messagesOf } from '../day/messages.ts'
import { readRouting } from '../day/routing.ts'
import { temporaryFolder, writeAll } from '../fixtures/on-disk.ts'
import { hostIn, modelOf } from '../fixtures/small-bot.ts'
import { needs } from '../servers/skipped.ts'

// The message budgets of scenarios are counted by a model of Alertmanager: it must say what Alertmanager does.

test('Alertmanager sends the messages that the model of it predicts, in the same order to each group and channel', async (t) => {
  const tools = await needs(t, 'alertmanager')
  if (!tools) return
  const relay = await standIn(t)
  const folder = temporaryFolder(t)
  const address = await freeAddress()
  const files = alertmanagerOutput(modelOf(drillBot(), hostIn(folder, { alertmanager: address, relay: relay.address })))
  writeAll(join(folder, 'out'), files)
  const config = 'alertmanager/alertmanager.yml'
  const server = await startAlertmanager({
    tool: tools.alertmanager,
    configFile: join(folder, 'out', config),
    dataDir: join(folder, 'data'),
    address,
  })
  try {
    await performed(server.url)
  } finally {
    await server.stop()
  }
  const routing = readRouting(files.get(config) ?? '')
  const predicted = messagesOf(drill, { routing, silences: [drillSilence], until: drillEnds })
  assert.deepEqual(byGroup(relay.told), byGroup(predicted.map(inWords)))
})

/** The order of messages to different groups and channels may differ by the length of a request. */
const byGroup = (told: readonly string[]): readonly string[] =>
  told
    .map((words) => ({ words, group: words.replace(/ (FIRING|RESOLVED)/, '') }))
    .sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0))
    .map(({ words }) => words)

/** Lets every alert of the drill arrive when it is due, and waits for its end. */
async function performed(alertmanager: string): Promise<void> {
  const began = Date.now()
  const moment = (seconds: number) => new Date(began + seconds * 1000).toISOString()
  const due = (seconds: number) => delay(Math.max(0, began + seconds * 1000 - Date.now()))
  const post = async (path: string, body: object) => {
    const response = await fetch(`${alertmanager}/api/v2/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    assert.equal(response.status, 200, await response.text())
  }
  const value = drillSilence.except.join('|')
  await post('silences', {
    matchers: [{ name: 'alertname', value, isRegex: true, isEqual: false }],
    startsAt: moment(drillSilence.from),
    endsAt: moment(drillSilence.to),
    createdBy: 'the drill',
    comment: 'until it is over',
  })
  const arrivals = drill
    .flatMap((firing) => arrivalsOf([firing]).map((arrival) => ({ ...arrival, firing })))
    .filter(({ at }) => at <= drillEnds)
    .sort((a, b) => a.at - b.at)
  for (const { at, fires, labels, firing } of arrivals) {
    await due(at)
    const endsAt = moment(fires ? 3600 : (firing.to ?? 0))
    await post('alerts', [{ labels, annotations: { summary: 'x' }, startsAt: moment(firing.from), endsAt }])
  }
  await due(drillEnds + 1)
}

/** What takes Alertmanager's messages in place of the relay; each text starts with `@`. */
async function standIn(t: TestContext) {
  const told: string[] = []
  const server = createServer(async (request, response) => {
    const { key, status } = (await json(request)) as { readonly key: string; readonly status: string }
    const label = (name: string) => new RegExp(`^@?${name}=(.*)$`, 'm').exec(key)?.[1]
    const channel = (request.url ?? '').replace(/.*\//, '')
    told.push(`${channel} ${status.slice(1).toUpperCase()} ${label('alertname')} ${label('instance')}`)
    response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  return { told, address: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}
