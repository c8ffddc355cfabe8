import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freeAddress } from '../../../demo/servers/port.ts'
import { type RelayProcess, startRelay } from '../../../demo/stage/relay-process.ts'
import type { RelayConfig, SourceConfig } from '../../../generators/outputs/relay/program/config.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { startMoodyChannels } from './channels.ts'

const program = fileURLToPath(new URL('../../../generators/outputs/relay/program', import.meta.url))

type Labels = Readonly<Record<string, string>>
interface PostedAlert {
  readonly labels: Labels
  readonly annotations: Labels
  readonly startsAt: string
  readonly endsAt: string
}

/** Alertmanager's API with some active alerts, and a Watchdog that arrives as long as something evaluates. */
async function startAlertmanagerApi(t: TestContext) {
  const posts: PostedAlert[] = []
  const events = new EventEmitter()
  const api = { active: [] as readonly Labels[], evaluates: true, evaluatesLogs: true }
  let [arrived, arrivedOnLogs] = ['', '']
  const server = createServer(async (request, response) => {
    if (api.evaluates) arrived = new Date().toISOString()
    if (api.evaluatesLogs) arrivedOnLogs = new Date().toISOString()
    const ofLogs = { labels: { alertname: 'LogWatchdog', bot: 'tiny', evaluator: 'vmalert' }, updatedAt: arrivedOnLogs }
    const watchdog = { labels: { alertname: 'Watchdog', bot: 'tiny' }, updatedAt: arrived }
    const answers: Readonly<Record<string, object>> = {
      '/-/ready': {},
      '/api/v2/status': { uptime: 'since the start of the test' },
      '/api/v2/silences': [],
      '/api/v2/alerts': [watchdog, ofLogs, ...api.active.map((labels) => ({ labels, updatedAt: arrived }))],
    }
    if (request.url === '/api/v2/alerts') events.emit('asked')
    if (request.method === 'POST' && request.url === '/api/v2/alerts') {
      posts.push(...((await json(request)) as PostedAlert[]))
      events.emit('post')
    }
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answers[request.url ?? ''] ?? {}))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return Object.assign(api, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when the relay asks for the active alerts. */
    asked: () => once(events, 'asked'),
    posted: async (wanted: (alert: PostedAlert) => boolean): Promise<PostedAlert> => {
      for (;;) {
        const there = posts.find(wanted)
        if (there !== undefined) return there
        await once(events, 'post')
      }
    },
  })
}

/** A relay with a Discord channel, a source, and a second one for the alert OnLines; `hiding` is what may hide its lines. */
export async function watching(
  t: TestContext,
  { quietLimit = 20, hiding }: { readonly quietLimit?: number; readonly hiding?: SourceConfig['hiding'] } = {},
) {
  // hooks run in order: the relay must stop before the folder that it writes to is removed
  const running: RelayProcess[] = []
  t.after(() => Promise.all(running.map((one) => one.stop('SIGKILL'))))
  const channels = await startMoodyChannels()
  t.after(channels.close)
  const alertmanager = await startAlertmanagerApi(t)
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'webhook'), `${channels.url}/api/webhooks/1/secret-hook\n`)
  const config: RelayConfig = {
    bot: 'tiny',
    alertmanager: alertmanager.url,
    channels: [{ name: 'discord', kind: 'discord', webhookFile: join(folder, 'webhook') }],
    sources: [
      {
        name: 'prometheus',
        title: 'Prometheus',
        watchdog: { alertname: 'Watchdog', bot: 'tiny' },
        labels: {},
        every: 1,
        awayLimit: 60,
        quietLimit,
        startLimit: 30,
        health: [`${alertmanager.url}/-/ready`],
      },
      {
        name: 'vmalert',
        title: 'vmalert',
        watchdog: { alertname: 'LogWatchdog', bot: 'tiny', evaluator: 'vmalert' },
        labels: { evaluator: 'vmalert' },
        alerts: ['OnLines'],
        ...(hiding === undefined ? {} : { hiding }),
        texts: { unwatched: 'the log of tiny', description: 'The store is down.', steps: 'Start it.' },
        every: 1,
        awayLimit: 60,
        quietLimit,
        startLimit: 30,
        health: [`${alertmanager.url}/-/ready`],
      },
    ],
    silence: { labels: { alertname: 'MonitoringStopped', bot: 'tiny' }, description: '', steps: '', runbook: '' },
    relayDown: 'RelayDown',
    muted: { Loss: { by: ['BotDown'], settles: 20 }, Over: { by: ['BotDown'], settles: 20 } },
    events: ['Happened'],
    hosts: [],
  }
  writeFileSync(join(folder, 'relay.json'), JSON.stringify(config))
  const address = await freeAddress()
  const options = { folder: program, config: join(folder, 'relay.json'), data: join(folder, 'data'), address }
  const relay = await startRelay(options)
  running.push(relay)
  return {
    channels,
    alertmanager,
    post: async (status: 'firing' | 'resolved', name: string) => {
      const body = {
        key: `@alertname=${name}\nbot=tiny`,
        status: `@${status}`,
        title: '@',
        text: `@${name}`,
        silent: '@no',
      }
      const headers = { 'content-type': 'application/json' }
      const given = { method: 'POST', headers, body: JSON.stringify(body) }
      assert.equal((await fetch(`${relay.url}/channels/discord`, given)).status, 200)
    },
    figure: async (series: string): Promise<number> => {
      const text = await (await fetch(`${relay.url}/metrics`)).text()
      return Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${series} `))
          ?.slice(series.length + 1),
      )
    },
  }
}
