import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { stringify } from 'yaml'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { freeAddress } from '../../demo/servers/port.ts'
import { startAlertmanager } from '../../demo/servers/start.ts'
import { post } from '../../generators/commands/alertmanager-api.ts'
import { beginQuiet, endQuiet, listQuiet } from '../../generators/commands/quiet.ts'
import { postSilence, type Silence } from '../../generators/commands/silences.ts'
import { until } from '../live/prometheus-api.ts'
import { needs } from '../servers/skipped.ts'
import { loud } from './loud.ts'
import { stackFolder } from './stack-folder.ts'

const inTime = (ms: number) => new Date(Date.now() + ms).toISOString()
const stillSent = `  still sent: ${loud.slice(0, -1).join(', ')} and ${loud.at(-1)}`

test('a quiet is announced, listed with the time left, and ended', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { place, said, silences } = stage
  assert.deepEqual(await listQuiet(place()), [])
  assert.deepEqual(await endQuiet(place()), [])
  assert.deepEqual(said(), ['mcbot is not quiet', 'mcbot is not quiet, so there is nothing to end'])

  assert.deepEqual(await beginQuiet(place(), { lasts: 15 * 60_000, why: 'deploy' }), [])
  assert.deepEqual(await beginQuiet(place(), { lasts: 60 * 60_000, why: 'exchange\nmaintenance', env: 'live' }), [])
  const [first, second, ...more] = await silences()
  assert.ok(first && second)
  assert.deepEqual(more, [])
  const names = [...loud, 'TestAlert'].join('|')
  assert.deepEqual(
    [first, second].map(({ createdBy, comment, matchers }) => ({
      createdBy,
      comment,
      matchers: matchers.map(({ name, value, isRegex, isEqual }) => [name, value, isRegex, isEqual]),
    })),
    [
      {
        createdBy: 'botwatch quiet',
        comment: 'deploy',
        matchers: [
          ['bot', 'mcbot', false, true],
          ['alertname', names, true, false],
        ],
      },
      {
        createdBy: 'botwatch quiet',
        comment: 'exchange\nmaintenance',
        matchers: [
          ['bot', 'mcbot', false, true],
          ['env', 'live', false, true],
          ['alertname', names, true, false],
        ],
      },
    ],
  )
  assert.deepEqual(said(), [
    `mcbot is quiet until ${moment(first.endsAt)}: deploy`,
    stillSent,
    '  to end it earlier: botwatch quiet --end --bot mcbot',
    `mcbot in live is quiet until ${moment(second.endsAt)}: exchange maintenance`,
    stillSent,
    '  to end it earlier: botwatch quiet --end --bot mcbot --env live',
  ])

  const before = (silence: Silence, millis: number) => Date.parse(silence.endsAt) - millis
  assert.deepEqual(await listQuiet(place({ now: before(first, 11 * 60_000 + 20_000) })), [])
  assert.deepEqual(await listQuiet(place({ now: before(second, 40_000) }), 'live'), [])
  assert.deepEqual(await listQuiet(place(), 'paper'), [])
  assert.deepEqual(said(), [
    `mcbot is quiet for another 12 minutes, until ${moment(first.endsAt)}: deploy`,
    `mcbot in live is quiet for another 57 minutes, until ${moment(second.endsAt)}: exchange maintenance`,
    `mcbot in live is quiet for another 40 seconds, until ${moment(second.endsAt)}: exchange maintenance`,
    'mcbot in paper is not quiet',
  ])

  const ended = [
    { ...first, createdBy: 'somebody else', comment: 'stays' },
    { ...first, matchers: [{ name: 'bot', value: 'other', isRegex: false, isEqual: true }], comment: 'stays too' },
  ]
  for (const { id: _, ...other } of ended) assert.ok('id' in (await postSilence(stage.url, other)))
  assert.deepEqual(await endQuiet(place({ now: before(second, 30 * 60_000) }), 'live'), [])
  assert.deepEqual(await endQuiet(place({ now: before(first, 60_000) })), [])
  assert.deepEqual(said(), [
    'mcbot in live is no longer quiet, 30 minutes early: exchange maintenance',
    '  what fires is sent now',
    'mcbot is no longer quiet, 1 minute early: deploy',
    '  what fires is sent now',
  ])
  assert.deepEqual((await silences()).map(({ comment }) => comment).sort(), ['stays', 'stays too'])
})

test('a quiet holds back the alerts of its bot, never what breaks it or belongs to others, and what it holds back still mutes', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const alert = (alertname: string, env: string, bot = 'mcbot') => ({ alertname, bot, env, instance: 'one' })
  // it mutes everything, and the worst of some tiers the others
  const mutes =
    /^(MonitoringStopped|(Drawdown|Liquidation)Critical|HighDrawdown|(DailyLoss|MarginRatio)High|LiquidationNear)$/
  const fired = [
    alert('BotDown', 'live'),
    // muted by BotDown
    alert('QueueCongestion', 'live'),
    alert('HighDrawdown', 'live'),
    // in paper nothing mutes
    alert('QueueCongestion', 'paper'),
    ...loud.filter((name) => !mutes.test(name)).map((name) => alert(name, 'paper')),
    alert('TestAlert', 'paper'),
    alert('BotDown', 'live', 'arbot'),
  ]
  assert.equal(
    await post(
      stage.url,
      fired.map((labels) => ({ labels, annotations: {}, startsAt: inTime(-1000), endsAt: inTime(600_000) })),
    ),
    null,
  )
  const unheard = { silenced: [] as string[], muted: ['HighDrawdown mcbot live', 'QueueCongestion mcbot live'] }
  assert.deepEqual(await stage.unheard(), unheard, 'before')

  assert.deepEqual(await beginQuiet(stage.place(), { lasts: 600_000, why: 'deploy', env: 'paper' }), [])
  assert.deepEqual(await stage.unheard(), { ...unheard, silenced: ['QueueCongestion mcbot paper'] }, 'in paper')

  assert.deepEqual(await beginQuiet(stage.place(), { lasts: 600_000, why: 'deploy' }), [])
  assert.deepEqual(
    await stage.unheard(),
    { ...unheard, silenced: ['BotDown mcbot live', 'QueueCongestion mcbot live', 'QueueCongestion mcbot paper'] },
    'in all environments',
  )

  assert.deepEqual(await endQuiet(stage.place()), [])
  assert.deepEqual(await stage.unheard(), unheard, 'after')
})

test('while nothing evaluates alerts, MonitoringStopped is sent although the bot is quiet', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  assert.deepEqual(await beginQuiet(stage.place(), { lasts: 600_000, why: 'deploy' }), [])
  const labels = ['MonitoringStopped', 'BotDown'].map((alertname) => ({ alertname, bot: 'mcbot', instance: 'one' }))
  await post(
    stage.url,
    labels.map((one) => ({ labels: one, annotations: {}, startsAt: inTime(-1000), endsAt: inTime(600_000) })),
  )
  // Alertmanager takes a moment until an alert that has just arrived mutes another
  const unheard = await until('Alertmanager has both alerts', 10_000, async () => {
    const now = await stage.unheard()
    return now.muted.length > 0 ? now : null
  })
  assert.deepEqual(unheard, { silenced: ['BotDown mcbot'], muted: ['BotDown mcbot'] })
})

test('what breaks a quiet is sent during it, and what it held back as soon as it is ended', async (t) => {
  const sent: string[] = []
  const arrived = new EventEmitter()
  const receiver = createServer(async (request, response) => {
    const { alerts } = JSON.parse((await request.toArray()).join('')) as Pick<Posted, 'alerts'>
    sent.push(...alerts.map(({ labels }) => labels['alertname'] ?? ''))
    arrived.emit('message')
    response.end()
  })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  t.after(() => receiver.close())
  const { port } = receiver.address() as AddressInfo
  const stage = await staged(t, {
    // longer than any test
    route: { receiver: 'one', group_by: ['alertname'], group_wait: '0s', group_interval: '1h' },
    receivers: [{ name: 'one', webhook_configs: [{ url: `http://127.0.0.1:${port}` }] }],
  })
  if (stage === null) return
  const fire = async (alertname: string) => {
    const labels = { alertname, bot: 'mcbot', env: 'live' }
    const [startsAt, endsAt] = [-1000, 600_000].map((millis) => new Date(Date.now() + millis).toISOString())
    assert.equal(
      await post(stage.url, [{ labels, annotations: {}, startsAt: startsAt ?? '', endsAt: endsAt ?? '' }]),
      null,
    )
  }
  assert.deepEqual(await beginQuiet(stage.place(), { lasts: 600_000, why: 'deploy' }), [])
  await fire('BotDown')
  let message = once(arrived, 'message')
  await fire('HighDrawdown')
  await message
  message = once(arrived, 'message')
  assert.deepEqual(await endQuiet(stage.place()), [])
  await message
  assert.deepEqual(sent, ['HighDrawdown', 'BotDown'])
})

test('what Alertmanager or its absence prevents is one sentence', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  assert.deepEqual(await beginQuiet(stage.place(), { lasts: -1, why: 'deploy' }), [
    'Alertmanager refused: Failed to create silence: start time must be before end time.',
  ])
  const environments = "mcbot has no environment 'liv'; did you mean live?"
  assert.deepEqual(await beginQuiet(stage.place(), { lasts: 1000, why: 'deploy', env: 'liv' }), [environments])
  assert.deepEqual(await listQuiet(stage.place(), 'liv'), [environments])
  assert.deepEqual(await endQuiet(stage.place(), 'production'), [
    "mcbot has no environment 'production', only paper and live",
  ])
  const nobody = `http://${await freeAddress()}`
  const absent = [`Alertmanager does not answer at ${nobody}: start the stack with \`make up\`.`]
  const place = { ...stage.place(), alertmanager: nobody }
  assert.deepEqual(await beginQuiet(place, { lasts: 1000, why: 'deploy' }), absent)
  assert.deepEqual(await listQuiet(place), absent)
  assert.deepEqual(await endQuiet(place), absent)
  assert.deepEqual(stage.said(), [])
})

/** Real Alertmanager with the generated configuration, or another one. */
async function staged(t: TestContext, config?: object) {
  const tools = await needs(t, 'alertmanager')
  if (tools === undefined) return null
  // Registered before the folder's hook: hooks run in order, and servers must stop before the folder they write to is removed.
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const folder = await stackFolder(t)
  const configFile = join(folder, 'alertmanager/alertmanager.yml')
  if (config !== undefined) writeFileSync(configFile, stringify(config))
  const { url, stop } = await startAlertmanager({
    tool: tools.alertmanager,
    address: await freeAddress(),
    configFile,
    dataDir: join(folder, 'data'),
  })
  ending.push(stop)
  const lines: string[] = []
  const place = (more: { readonly now?: number } = {}) => ({
    bot: mcbot,
    alertmanager: url,
    say: (line: string) => void lines.push(line),
    timeZone: 'Asia/Seoul',
    ...more,
  })
  return {
    url,
    place,
    /** What was said since the last call. */
    said: () => lines.splice(0),
    /** The active silences, by their end. */
    silences: async () => {
      const all = (await (await fetch(`${url}/api/v2/silences`)).json()) as (Silence & {
        readonly status: { readonly state: string }
      })[]
      return all
        .filter(({ status }) => status.state === 'active')
        .sort((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt))
    },
    /** What Alertmanager sends to nobody, because of a silence or of another alert. */
    unheard: async () => {
      const all = (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly ListedAlert[]
      const those = (by: 'silencedBy' | 'inhibitedBy') =>
        all
          .filter(({ status }) => status[by].length > 0)
          .map(({ labels }) => [labels['alertname'], labels['bot'], labels['env']].join(' ').trim())
          .sort()
      return { silenced: those('silencedBy'), muted: those('inhibitedBy') }
    },
  }
}

interface Posted {
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[]
}

interface ListedAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly status: { readonly silencedBy: readonly string[]; readonly inhibitedBy: readonly string[] }
}

/** As a person in Seoul reads it, where no clock is ever changed. */
function moment(time: string): string {
  const minute = (millis: number) => new Date(millis).toISOString().slice(0, 16).replace('T', ' ')
  const at = Date.parse(time)
  return `${minute(at + 9 * 3_600_000)} Asia/Seoul (${minute(at)} UTC)`
}
