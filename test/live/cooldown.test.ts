import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Duration } from '../../definitions/language/duration.ts'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { faults } from '../../demo/mcbot/faults/list.ts'
import { freeAddress } from '../../demo/servers/port.ts'
import { startAlertmanager } from '../../demo/servers/start.ts'
import { startRelay } from '../../demo/stage/relay-process.ts'
import { alertmanagerOutput } from '../../generators/outputs/alertmanager/alertmanager.ts'
import { relayOutput } from '../../generators/outputs/relay/relay.ts'
import { secretsOf } from '../../generators/stack/secrets.ts'
import { temporaryFolder, writeAll } from '../fixtures/on-disk.ts'
import { hostIn, modelOf, smallBot } from '../fixtures/small-bot.ts'
import { needs } from '../servers/skipped.ts'

const down = (state: 'firing' | 'over', env = 'paper', more: Readonly<Record<string, string>> = {}) => ({
  labels: { alertname: 'BotDown', bot: 'tiny', env, instance: 'one', severity: 'critical', ...more },
  annotations: { summary: `${env} ${more['instance'] ?? 'one'}` },
  state,
})

test('FIRING messages of a flapping alert are at least a cooldown apart, and a lasting alert repeats in time', async (t) => {
  const phone = await listening(t, smallBot({ cooldown: '8s', remindEvery: '8s' }))
  if (!phone) return

  await phone.post(down('firing'))
  const first = await phone.next()
  const reminder = await phone.next()
  // it flaps within the cooldown, and is resolved when that ends
  for (const state of ['over', 'firing', 'over'] as const) {
    await phone.post(down(state))
    await delay(500)
  }
  const over = await phone.next()
  await phone.post(down('firing'))
  const again = await phone.next()

  const told = [first, reminder, over, again]
  assert.deepEqual(
    told.map(({ title }) => title),
    ['🔴 **paper one**', '🔴 **paper one**', '✅ **no longer true: paper one**', '🔴 **paper one**'],
  )
  // Alertmanager checks a group once per cooldown: each check sends one message, and no reminder waits for another check.
  assert.deepEqual(
    told.map(({ looks }) => looks),
    [1, 2, 3, 4],
  )
})

test('a cause mutes its consequences in its own environment and instance, and nowhere else', async (t) => {
  const phone = await listening(t, smallBot({ cooldown: '5m' }))
  if (!phone) return
  const follows = (env: string, instance: string) => {
    const { labels } = down('firing', env, { instance, alertname: 'HighDrawdown', severity: 'warning' })
    return { labels, annotations: { summary: `${env} ${instance}` }, state: 'firing' as const }
  }
  await phone.post(down('firing'))
  await phone.post(follows('paper', 'one'), follows('paper', 'two'), follows('live', 'one'))
  const told = [await phone.next(), await phone.next(), await phone.next()]
  assert.deepEqual(told.map(({ title, text, to }) => [to, title, text.split('\n')[0]]).sort(), [
    ['discord-webhook-live', '🟠 **live one**', 'FIRING warning · HighDrawdown · tiny · live · one'],
    ['discord-webhook-paper', '🔴 **paper one**', 'FIRING critical · BotDown · tiny · paper · one'],
    ['discord-webhook-paper', '🟠 **paper two**', 'FIRING warning · HighDrawdown · tiny · paper · two'],
  ])
})

test('in an exchange maintenance one FIRING and one RESOLVED message are sent, and no consequence', async (t) => {
  const phone = await listening(t, withCooldown(mcbot, '8s'))
  if (!phone) return
  const follow = faults['exchange-maintenance'].trips.filter((name) => name !== 'ExchangeUnreachable')
  const posted = (name: string, state: Posted['state']): Posted => ({
    labels: {
      alertname: name,
      bot: 'mcbot',
      env: 'paper',
      instance: 'paper-1',
      severity: mcbot.alerts.find((alert) => alert.name === name)?.severity ?? '',
    },
    annotations: { summary: name },
    state,
  })
  // one evaluation sends the cause first and, at the earliest, the first consequence right after it
  await phone.post(posted('ExchangeUnreachable', 'firing'))
  await phone.post(...follow.map((name) => posted(name, 'firing')))
  const first = await phone.next()
  // each consequence is checked when its group has waited, and again after its cooldown
  await phone.muted(2 * follow.length)
  await phone.post(...follow.map((name) => posted(name, 'over')))
  await phone.muted(3 * follow.length)
  await phone.post(posted('ExchangeUnreachable', 'over'))
  const second = await phone.next()
  await phone.post(posted('HighDrawdown', 'firing'))
  assert.deepEqual(
    [first, second, await phone.next()].map(({ title }) => title),
    ['🔴 **ExchangeUnreachable**', '✅ **no longer true: ExchangeUnreachable**', '🟠 **HighDrawdown**'],
  )
})

test('an event is sent again when it happens again, and never as RESOLVED', async (t) => {
  const phone = await listening(t, withCooldown(mcbot, '8s'))
  if (!phone) return
  const finding = (state: Posted['state']): Posted => ({
    labels: { alertname: 'RiskCritical', bot: 'mcbot', env: 'paper', instance: 'paper-1', severity: 'critical' },
    annotations: { summary: 'a finding' },
    state,
  })
  await phone.post(finding('firing'))
  const first = await phone.next()
  await phone.post(finding('over'))
  await phone.looked(2)
  await phone.post(finding('firing'))
  const second = await phone.next()
  assert.deepEqual(
    [first, second].map(({ title, looks }) => [title, looks]),
    [
      ['🔴 **a finding**', 1],
      ['🔴 **a finding**', 3],
    ],
  )
})

/** The bot with one cooldown for all alerts; what mutes an alert is the changed alert, too. */
function withCooldown(bot: Bot, cooldown: Duration): Bot {
  const changed = new Map<string, AnyAlert>()
  for (const alert of bot.alerts)
    changed.set(alert.name, {
      ...alert,
      cooldown,
      mutedBy: alert.mutedBy.map((cause) => changed.get(cause.name) ?? cause),
    })
  return { ...bot, alerts: [...changed.values()] }
}

interface Message {
  /** The secret whose address received it. */
  readonly to: string
  readonly title: string
  readonly text: string
  /** How often Alertmanager had checked whether one was due. */
  readonly looks: number
}

interface Posted {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly state: 'firing' | 'over'
}

/** Asks again until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = AbortSignal.timeout(60_000)
  while (!(await isSo())) {
    deadline.throwIfAborted()
    await delay(200)
  }
}

/** Alertmanager on a bot's own files, with a stand-in for Discord at the addresses that its secrets hold. */
async function listening(t: TestContext, bot: Bot) {
  const tools = await needs(t, 'alertmanager')
  if (!tools) return undefined
  const told: Message[] = []
  let arrived: () => void = () => {}
  const discord = createServer(async (request, response) => {
    const { embeds } = (await json(request)) as { embeds: { title: string; description: string }[] }
    const [embed] = embeds
    told.push({
      to: (request.url ?? '').replace(/.*\//, ''),
      title: embed?.title ?? '',
      text: embed?.description ?? '',
      looks: await looks(),
    })
    response.writeHead(204).end()
    arrived()
  })
  await once(discord.listen(0, '127.0.0.1'), 'listening')
  t.after(() => discord.close())

  // hooks run in order: what writes to the folder must stop before it is removed
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const folder = temporaryFolder(t)
  const [alertmanagerAt, relayAt] = [await freeAddress(), await freeAddress()]
  const topology = hostIn(folder, { alertmanager: alertmanagerAt, relay: relayAt })
  const model = modelOf(bot, topology)
  writeAll(join(folder, 'out'), alertmanagerOutput(model))
  // there is no Prometheus here whose silence could be reported
  const files = new Map([...relayOutput(model)])
  const config = JSON.parse(files.get('relay/relay.json') ?? '') as object
  writeAll(join(folder, 'out'), files.set('relay/relay.json', JSON.stringify({ ...config, sources: [] })))
  mkdirSync(topology.secrets)
  for (const { name } of secretsOf(bot)) {
    const { port } = discord.address() as AddressInfo
    writeFileSync(join(topology.secrets, name), `http://127.0.0.1:${port}/api/webhooks/1/${name}\n`)
  }
  const relay = await startRelay({ folder: join(folder, 'out/relay'), data: join(folder, 'relay'), address: relayAt })
  ending.push(relay.stop)
  const server = await startAlertmanager({
    tool: tools.alertmanager,
    configFile: join(topology.alertmanagerFolder, 'alertmanager.yml'),
    dataDir: join(folder, 'data'),
    address: alertmanagerAt,
  })
  ending.push(server.stop)
  const looks = async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    return Number(/^alertmanager_nflog_queries_total (\d+)$/m.exec(text)?.[1])
  }

  const mutedSoFar = async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    const counts = [...text.matchAll(/^alertmanager_notifications_suppressed_total\{reason="inhibition"\} (\d+)$/gm)]
    return Number(counts[0]?.[1] ?? 0)
  }

  return {
    /** Resolves once Alertmanager has muted this many alerts, each as often as its group was due. */
    muted: (count: number) => until(async () => (await mutedSoFar()) >= count),
    /** Resolves once Alertmanager has checked this often whether a message is due. */
    looked: (count: number) => until(async () => (await looks()) >= count),
    post: async (...alerts: readonly Posted[]) => {
      const now = new Date()
      const inAnHour = new Date(now.getTime() + 3_600_000)
      const body = alerts.map(({ state, ...alert }) => ({ ...alert, endsAt: state === 'over' ? now : inAnHour }))
      const response = await fetch(`${server.url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      assert.equal(response.status, 200, await response.text())
    },
    /** The next message, in the order of arrival. */
    next: async (): Promise<Message> => {
      const deadline = AbortSignal.timeout(60_000)
      while (told.length === 0) {
        deadline.throwIfAborted()
        await Promise.race([
          new Promise<void>((resolve) => {
            arrived = resolve
          }),
          once(deadline, 'abort'),
        ])
      }
      return told.shift() as Message
    },
  }
}
