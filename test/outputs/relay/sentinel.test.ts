import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freeAddress } from '../../../demo/servers/port.ts'
import { type RelayProcess, startRelay } from '../../../demo/stage/relay-process.ts'
import type { RelayConfig } from '../../../generators/outputs/relay/program/config.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { startMoodyChannels } from './channels.ts'

// The relay as a process beside a stand-in for Alertmanager's API whose Watchdog arrives every second, so that its limits are short.

const program = fileURLToPath(new URL('../../../generators/outputs/relay/program', import.meta.url))

// both wait for half a minute of grace
describe('the relay as a sentinel', { concurrency: true }, () => {
  test('after a start RESOLVED waits, and is then delivered unless its alert fires again', async (t) => {
    const { channels, post, alertmanager, figure } = await watching(t)
    alertmanager.active = [{ alertname: 'Again', bot: 'tiny' }]
    await post('resolved', 'Again')
    await post('resolved', 'Over')
    await post('firing', 'New')
    await channels.until(({ text }) => text === 'New')
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['New'],
    )
    await channels.until(({ text }) => text === 'Over')
    assert.equal(await figure('relay_withdrawn_resolved_total'), 1)
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['New', 'Over'],
    )
  })

  test('while a Watchdog is late RESOLVED waits, although nothing is reported as silent, and until everything has arrived again', async (t) => {
    const { channels, post, alertmanager, figure } = await watching(t, 600)
    await post('resolved', 'InGrace')
    await channels.until(({ text }) => text === 'InGrace')
    alertmanager.evaluates = false
    // longer than a Watchdog may take, and two looks
    await delay(28_000)
    await post('resolved', 'WhileLate')
    await post('firing', 'New')
    await channels.until(({ text }) => text === 'New')
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['InGrace', 'New'],
    )
    alertmanager.evaluates = true
    await channels.until(({ text }) => text === 'WhileLate')
    assert.equal(await figure('relay_source_silent{source="prometheus"}'), 0)
  })

  test('after another alert muted it RESOLVED waits until it could fire again, and is sent only if it does not', async (t) => {
    const { channels, post, alertmanager, figure } = await watching(t, 600)
    await post('resolved', 'InGrace')
    await channels.until(({ text }) => text === 'InGrace')
    alertmanager.active = [{ alertname: 'BotDown', bot: 'tiny', instance: 'one' }]
    await alertmanager.asked()
    await alertmanager.asked()
    alertmanager.active = []
    await post('resolved', 'Loss')
    await post('resolved', 'Over')
    await post('resolved', 'Unmuted')
    await channels.until(({ text }) => text === 'Unmuted')
    // it is only pending at first
    alertmanager.active = [{ alertname: 'Loss', bot: 'tiny', instance: 'one' }]
    await channels.until(({ text }) => text === 'Over')
    assert.equal(await figure('relay_withdrawn_resolved_total'), 1)
    assert.deepEqual(
      channels.requests.map(({ text }) => text),
      ['InGrace', 'Unmuted', 'Over'],
    )
  })

  test('a source that evaluates nothing raises the alert, and its return lists what fires and what does not, events apart', async (t) => {
    const { alertmanager, figure } = await watching(t)
    alertmanager.active = [
      { alertname: 'Stays', bot: 'tiny', env: 'live' },
      { alertname: 'Ends', bot: 'tiny', instance: 'tiny' },
      { alertname: 'Happened', bot: 'tiny' },
      { alertname: 'OfAnother', bot: 'tiny', evaluator: 'watchdog' },
    ]
    alertmanager.evaluates = false
    const raised = await alertmanager.posted(() => true)
    assert.deepEqual(raised.labels, { alertname: 'MonitoringStopped', bot: 'tiny', instance: 'prometheus' })
    assert.match(
      String(raised.annotations['summary']),
      /^for \d+s no evaluation of Prometheus has reached Alertmanager: nothing watches tiny now$/,
    )
    assert.equal(await figure('relay_source_silent{source="prometheus"}'), 1)
    alertmanager.active = alertmanager.active.filter(({ alertname }) => alertname === 'Stays')
    alertmanager.evaluates = true
    const over = await alertmanager.posted(({ annotations }) => 'resolved' in annotations)
    assert.match(
      String(over.annotations['resolved']),
      /^Prometheus evaluates alerts again after \S+\. Still firing: Stays \(live\)\. Fired before and does not now: Ends\.$/,
    )
    assert.ok(Date.parse(over.startsAt) < Date.parse(over.endsAt))
    assert.ok(Date.parse(over.endsAt) <= Date.now())
  })

  test(
    'a second source that is silent is reported in its own words, and holds back RESOLVED of its own alerts only',
    secondSource,
  )
})

async function secondSource(t: TestContext): Promise<void> {
  const { channels, post, alertmanager, figure } = await watching(t)
  await post('resolved', 'InGrace')
  await channels.until(({ text }) => text === 'InGrace')
  alertmanager.evaluatesLogs = false
  const raised = await alertmanager.posted(() => true)
  assert.deepEqual(raised.labels, {
    alertname: 'MonitoringStopped',
    bot: 'tiny',
    evaluator: 'vmalert',
    instance: 'vmalert',
  })
  assert.match(
    String(raised.annotations['summary']),
    /^for \d+s no evaluation of vmalert has reached Alertmanager: nothing watches the log of tiny now$/,
  )
  assert.deepEqual(
    [raised.annotations['description'], raised.annotations['steps']],
    ['The store is down.', 'Start it.'],
  )
  await post('resolved', 'OnLines')
  await post('resolved', 'OnMetrics')
  await channels.until(({ text }) => text === 'OnMetrics')
  assert.deepEqual(
    channels.requests.map(({ text }) => text),
    ['InGrace', 'OnMetrics'],
  )
  assert.equal(await figure('relay_source_silent{source="vmalert"}'), 1)
  assert.equal(await figure('relay_source_silent{source="prometheus"}'), 0)
  alertmanager.evaluatesLogs = true
  await channels.until(({ text }) => text === 'OnLines')
}

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

/** A relay with a Discord channel and a source. */
async function watching(t: TestContext, quietLimit = 20) {
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
