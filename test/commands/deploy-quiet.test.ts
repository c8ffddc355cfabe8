import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { freeAddress } from '../../demo/servers/port.ts'
import { startAlertmanager, startPrometheus } from '../../demo/servers/start.ts'
import { applyStack } from '../../generators/commands/apply.ts'
import { beginDeployQuiet } from '../../generators/commands/deploy-quiet.ts'
import { bringUp } from '../../generators/commands/up.ts'
import { hostTopology } from '../../generators/model/topology.ts'
import { secretsFolder } from '../../generators/stack/secrets.ts'
import { targetsFile } from '../../generators/stack/targets.ts'
import { needs } from '../servers/skipped.ts'
import { composeStandIn } from './compose-stand-in.ts'
import { evaluateEverySecond, scrapeEverySecond } from './every-second.ts'
import { modeText, startExposition } from './exposition.ts'
import { put, stackFolder } from './stack-folder.ts'

test('up and apply hold back the bot’s alerts until Prometheus confirms that all is monitored', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { stack, engine, bot, silences, about } = stage

  await t.test('up: quiet while Compose works, and for one evaluation after the check', async () => {
    engine.up(stage.seen)
    assert.deepEqual(await bringUp(stack, { within: 60_000 }), [])
    assert.deepEqual(
      stage.whileUp().map(({ comment, state }) => [comment, state]),
      [['make up', 'active']],
    )
    assert.deepEqual(about(), [
      'mcbot is quiet during make up, until … at the latest',
      'make up is over: mcbot stays quiet for 13 seconds, until all is evaluated again',
    ])
    const [silence] = await silences()
    assert.ok(silence)
    // five minutes before the check
    const length = Date.parse(silence.endsAt) - Date.parse(silence.startsAt)
    assert.ok(length < 300_000 && Date.parse(silence.endsAt) < Date.now() + 13_000, silence.endsAt)
  })

  await t.test('apply: the same', async () => {
    assert.deepEqual(await applyStack(stack, 60_000), [])
    assert.deepEqual(about(), [
      'mcbot is quiet during make apply, until … at the latest',
      'make apply is over: mcbot stays quiet for 13 seconds, until all is evaluated again',
    ])
  })

  await t.test('if the check fails, the alerts must ring', async () => {
    bot.exposes(modeText('live'))
    const before = new Set((await silences()).map(({ id }) => id))
    for (const [why, run] of [
      ['make up', () => bringUp(stack, { within: 60_000 })],
      ['make apply', () => applyStack(stack, 60_000)],
    ] as const) {
      const [problem = ''] = await run()
      assert.match(problem, /^mcbot reports the trading mode live, but is monitored as paper/)
      assert.deepEqual(about(), [
        `mcbot is quiet during ${why}, until … at the latest`,
        `${why} failed: mcbot is no longer quiet, and what fires is sent now`,
      ])
    }
    const after = (await silences()).filter(({ id }) => !before.has(id))
    assert.deepEqual(
      after.map(({ comment, state }) => [comment, state]),
      [
        ['make up', 'expired'],
        ['make apply', 'expired'],
      ],
    )
  })
})

test('without Alertmanager, as at the first start, nothing is said', async () => {
  const said: string[] = []
  const stack = { bot: mcbot, say: (line: string) => void said.push(line) }
  for (const alertmanager of [undefined, `http://${await freeAddress()}`]) {
    const quiet = await beginDeployQuiet(stack, { alertmanager, why: 'make up', within: 60_000 })
    await quiet.end([])
    await quiet.end(['a problem'])
  }
  assert.deepEqual(said, [])
})

test('a silence that cannot be posted or ended is one line, and stops nothing', async (t) => {
  let isRefusing = true
  const server = createServer((request, response) => {
    const status = request.url === '/-/ready' || !isRefusing ? 200 : 500
    response.writeHead(status).end(status === 200 ? '{"silenceID":"one"}' : 'disk full\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const alertmanager = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const said: string[] = []
  const stack = { bot: mcbot, say: (line: string) => void said.push(withoutTime(line)) }
  const begin = () => beginDeployQuiet(stack, { alertmanager, why: 'make up', within: 60_000 })
  const none = await begin()
  await none.end([])
  isRefusing = false
  const quiet = await begin()
  isRefusing = true
  await quiet.end([])
  await quiet.end(['a problem'])
  assert.deepEqual(said, [
    'mcbot is not quiet during make up: Alertmanager refused: disk full.',
    'mcbot is quiet during make up, until … at the latest',
    'mcbot stays quiet until …: Alertmanager refused: disk full.',
    'mcbot stays quiet until …: Alertmanager refused: disk full.',
  ])
})

interface ListedSilence {
  readonly id: string
  readonly comment: string
  readonly startsAt: string
  readonly endsAt: string
  readonly status: { readonly state: string }
}

const read = (text: string) =>
  (JSON.parse(text) as readonly ListedSilence[])
    .map(({ status, ...silence }) => ({ ...silence, state: status.state }))
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))

/** The line without the time until which it is quiet. */
const withoutTime = (line: string) => line.replace(/until \d[^:]*:\d\d .*?(?= at the latest|: [A-Z])/, 'until …')

/** A real Prometheus and a real Alertmanager that Compose seems to have started. */
async function staged(t: TestContext) {
  const tools = await needs(t, 'prometheus', 'alertmanager')
  const engine = await composeStandIn(t)
  if (tools === undefined || engine === null) return null
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const [bot, other] = [await startExposition(), await startExposition()]
  ending.push(bot.close, other.close)
  bot.exposes(modeText('paper'))
  const [prometheusAt, alertmanagerAt] = [await freeAddress(), await freeAddress()]
  const folder = await stackFolder(t, (at) =>
    hostTopology({
      folder: at,
      secrets: join(at, secretsFolder),
      targets: join(at, 'targets.yml'),
      prometheus: prometheusAt,
      alertmanager: alertmanagerAt,
      relay: other.address,
      nodeExporter: other.address,
      env: 'paper',
    }),
  )
  const port = (address: string) => address.split(':')[1]
  writeFileSync(
    join(folder, '.env'),
    `GRAFANA_PASSWORD=x\nPROMETHEUS_PORT=${port(prometheusAt)}\nALERTMANAGER_PORT=${port(alertmanagerAt)}\n`,
    { mode: 0o600 },
  )
  put(join(folder, 'targets.yml'), targetsFile({ bot: 'mcbot', env: 'paper', instance: 'mcbot', address: 'bot:8000' }))
  scrapeEverySecond(folder, ({ job_name }) =>
    // the name bot is known only inside the stack
    job_name === 'mcbot' ? { proxy_url: `http://${bot.address}` } : {},
  )
  evaluateEverySecond(folder)
  const alertmanager = await startAlertmanager({
    tool: tools.alertmanager,
    address: alertmanagerAt,
    configFile: join(folder, 'alertmanager/alertmanager.yml'),
    dataDir: join(folder, 'data-alertmanager'),
  })
  ending.push(alertmanager.stop)
  const prometheus = await startPrometheus({
    tool: tools.prometheus,
    address: prometheusAt,
    configFile: join(folder, 'prometheus/prometheus.yml'),
    dataDir: join(folder, 'data-prometheus'),
  })
  ending.push(prometheus.stop)
  engine.runs(
    ['prometheus', 'alertmanager', 'relay', 'grafana', 'node-exporter', 'paper-bot'].map((Service) => ({
      Service,
      State: 'running',
      Health: 'healthy',
    })),
  )
  const said: string[] = []
  const [api, seenFile] = [`${alertmanager.url}/api/v2/silences`, join(folder, 'seen.json')]
  return {
    stack: { bot: mcbot, folder, compose: engine.compose, say: (line: string) => void said.push(line) },
    engine,
    bot,
    /** A script that keeps which silences there are. */
    seen: `${process.execPath} -e "fetch('${api}').then((r) => r.text()).then((t) => require('fs').writeFileSync('${seenFile}', t))"`,
    whileUp: () => read(readFileSync(seenFile, 'utf8')),
    silences: async () => read(await (await fetch(api)).text()),
    /** What was said about a quiet since the last call. */
    about: () =>
      said
        .splice(0)
        .map(withoutTime)
        .filter((line) => line.includes('quiet')),
  }
}
