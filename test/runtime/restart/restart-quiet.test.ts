import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { freeAddress } from '../../../demo/servers/port.ts'
import { startAlertmanager } from '../../../demo/servers/start.ts'
import { post } from '../../../generators/commands/alertmanager-api.ts'
import { listQuiet } from '../../../generators/commands/quiet.ts'
import { quietSilence } from '../../../generators/commands/quiet-silences.ts'
import { type Silence, silencesOf } from '../../../generators/commands/silences.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { composeOutput } from '../../../generators/outputs/compose/compose.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { createMetrics, createRestartQuiet, serve } from '../../../runtime/index.ts'
import { catalogue, counter } from '../../../runtime/metrics.ts'
import { stackFolder } from '../../commands/stack-folder.ts'
import { needs } from '../../servers/skipped.ts'
import { needsPython } from '../../verify/python.ts'
import { moduleFolder, tb, writeModule } from '../../verify/python-modules.ts'

/** What the generated file for a bot outside the stack says. */
const variables = new Map(
  (composeOutput(resolve(mcbot, containerTopology).model).get('restart/live.env') ?? '').split('\n').flatMap((line) => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  }),
)
const quiet = variables.get('BOTWATCH_QUIET') ?? ''
const declared = catalogue('mcbot', { fills_total: counter({ help: 'Fills.' }) })

/** The metrics of a process of the bot, and what it logs. */
function started() {
  const said: string[] = []
  return { said, metrics: createMetrics(declared, { log: (line) => said.push(line) }) }
}

test('a graceful stop posts the silence of `botwatch quiet` for two minutes, and the next start ends it once it is ready', async (t) => {
  const alertmanager = await running(t)
  if (alertmanager === null) return
  const first = started()
  const server = await serve(first.metrics, { port: 0, restart: { alertmanager: `${alertmanager}/`, quiet } })
  await server.close()
  await server.close()
  const [silence, ...more] = await silences(alertmanager)
  assert.ok(silence)
  assert.deepEqual(more, [])
  const { matchers } = quietSilence(mcbot, { lasts: 1, why: '', env: 'live' })
  const byName = (all: Silence['matchers']) => [...all].sort((a, b) => (a.name < b.name ? -1 : 1))
  assert.deepEqual(byName(silence.matchers), byName(matchers))
  assert.deepEqual([silence.createdBy, silence.comment], ['mcbot', 'graceful stop'])
  const lasts = Date.parse(silence.endsAt) - Date.parse(silence.startsAt)
  assert.ok(lasts > 100_000 && lasts <= 120_000, `${lasts} ms`)

  const inPaper = quiet.replace('env=live', 'env=paper')
  await createRestartQuiet(started().metrics, { alertmanager, quiet: inPaper }).begin()
  const second = started()
  const ready = second.metrics.warmUp({ limit: '5m' })
  const restarted = await serve(second.metrics, { port: 0, restart: { alertmanager, quiet } })
  t.after(restarted.close)
  assert.ok(
    (await silences(alertmanager)).some(({ endsAt }) => endsAt === silence.endsAt),
    'not before it is ready',
  )
  ready()
  const shortened = await until(async () => {
    const now = (await silences(alertmanager)).find(({ id }) => id === silence.id)
    return now !== undefined && now.endsAt < silence.endsAt ? now : undefined
  })
  assert.ok(Date.parse(shortened.endsAt) <= Date.now() + 30_000)
  const [kept] = (await silences(alertmanager)).filter(({ id }) => id !== silence.id)
  assert.ok(kept && Date.parse(kept.endsAt) > Date.now() + 60_000, 'that of another environment stays')
  const lines: string[] = []
  await listQuiet({ bot: mcbot, alertmanager, say: (line) => lines.push(line), timeZone: 'Asia/Seoul' }, 'live')
  assert.match(lines.join('\n'), /^mcbot in live is quiet for another \d+ seconds, until [^\n]+: graceful stop$/)
  assert.deepEqual([...first.said, ...second.said], [])

  const before = (await silences(alertmanager)).length
  await restarted.close()
  assert.equal((await silences(alertmanager)).length, before)
  assert.deepEqual(second.said, [
    'botwatch: restart: the stop is not announced, so that alerts about it are sent: the last one was announced less than 10 minutes ago, and a loop must not be quiet',
  ])
})

test('a stop mutes BotDown and nothing that breaks a quiet; without a start, BotDown is heard when the silence ends', async (t) => {
  const alertmanager = await running(t)
  if (alertmanager === null) return
  const names = ['BotDown', 'CircuitBreakerTripped', 'MonitoringStopped']
  const alerts = [
    ...names.map((alertname) => ({ alertname, bot: 'mcbot', env: 'live', instance: alertname })),
    { alertname: 'BotDown', bot: 'mcbot', env: 'paper', instance: 'paper' },
    { alertname: 'BotDown', bot: 'arbot', env: 'live', instance: 'arbot' },
  ]
  const times = {
    startsAt: new Date(Date.now() - 1000).toISOString(),
    endsAt: new Date(Date.now() + 600_000).toISOString(),
  }
  await post(
    alertmanager,
    alerts.map((labels) => ({ labels, annotations: {}, ...times })),
  )
  const silenced = async () => {
    const all = (await (await fetch(`${alertmanager}/api/v2/alerts?silenced=true&inhibited=true`)).json()) as readonly {
      readonly labels: Readonly<Record<string, string>>
      readonly status: { readonly silencedBy: readonly string[] }
    }[]
    return all.filter(({ status }) => status.silencedBy.length > 0).map(({ labels }) => labels['instance'])
  }
  await createRestartQuiet(started().metrics, { alertmanager, quiet, lasts: '2s' }).begin()
  assert.deepEqual(await silenced(), ['BotDown'])
  await until(async () => ((await silenced()).length === 0 ? true : undefined))
})

test('an Alertmanager that is not there, hangs or refuses is one line in the log, and the stop goes on', async (t) => {
  const hangs = createServer(() => {})
  const refuses = createServer((_, response) => response.writeHead(400).end('"bad matchers"'))
  for (const server of [hangs, refuses]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => {
      server.closeAllConnections()
      server.close()
    })
  }
  const at = (server: typeof hangs) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const nobody = await freeAddress()
  const lines = []
  for (const alertmanager of [`http://${nobody}`, at(hangs), at(refuses)]) {
    const { metrics, said } = started()
    await (await serve(metrics, { port: 0, restart: { alertmanager, quiet } })).close()
    lines.push(...said)
  }
  const what = 'botwatch: restart: the stop is not announced, so that alerts about it are sent'
  assert.deepEqual(lines, [
    `${what}: Alertmanager does not answer: connect ECONNREFUSED ${nobody}`,
    `${what}: Alertmanager did not answer within 1.5 s`,
    `${what}: Alertmanager answered 400: "bad matchers"`,
  ])
})

test('without an Alertmanager nothing is announced, and settings that cannot work are reported at the start', async () => {
  const { metrics, said } = started()
  const before = { ...process.env }
  try {
    delete process.env['BOTWATCH_ALERTMANAGER']
    await createRestartQuiet(metrics).begin()
    assert.deepEqual(said.splice(0), [])
    process.env['BOTWATCH_ALERTMANAGER'] = 'http://127.0.0.1:9093'
    delete process.env['BOTWATCH_QUIET']
    await createRestartQuiet(metrics).begin()
  } finally {
    process.env = before
  }
  for (const wrong of ['alertname=A', 'bot=', 'bot=mcbot,,env=live', 'bot!=mcbot'])
    await createRestartQuiet(metrics, { alertmanager: 'http://127.0.0.1:9093', quiet: wrong }).begin()
  await createRestartQuiet(metrics, { alertmanager: '127.0.0.1:9093', quiet }).begin()
  const fix = 'so that stops are not announced: take both from the folder restart/ of the bot in out/'
  assert.deepEqual(said, [
    ...["''", "'alertname=A'", "'bot='", "'bot=mcbot,,env=live'", "'bot!=mcbot'"].map(
      (given) =>
        `botwatch: restart: BOTWATCH_QUIET is ${given}, expected matchers such as bot=mybot,env=live,alertname!~A|B, ${fix}`,
    ),
    `botwatch: restart: BOTWATCH_ALERTMANAGER is '127.0.0.1:9093', expected a URL such as http://127.0.0.1:9093, ${fix}`,
  ])
})

test('the generated Python module announces and ends a restart as the runtime does', async (t) => {
  const python = await needsPython(t)
  const alertmanager = await running(t)
  if (python === undefined || alertmanager === null) return
  writeModule(tb)
  const calls = (call: string, logs = false) =>
    python.run(
      `${logs ? logged : ''}import tb_metrics\ntb_metrics.RestartQuiet("${alertmanager}", "${quiet}").${call}()`,
      moduleFolder,
    )
  assert.equal(await calls('begin'), '')
  const { matchers } = quietSilence(mcbot, { lasts: 1, why: '', env: 'live' })
  const byName = (all: Silence['matchers']) => [...all].sort((a, b) => (a.name < b.name ? -1 : 1))
  const [silence, ...more] = await silences(alertmanager)
  assert.ok(silence)
  assert.deepEqual(
    [byName(silence.matchers), silence.createdBy, silence.comment, more],
    [byName(matchers), 'mcbot', 'graceful stop', []],
  )
  assert.equal(await calls('end'), '')
  const [shortened, ...others] = await silences(alertmanager)
  assert.ok(shortened && shortened.id === silence.id && shortened.endsAt < silence.endsAt)
  assert.ok(Date.parse(shortened.endsAt) <= Date.now() + 30_000)
  assert.deepEqual(others, [])
  const before = (await silences(alertmanager)).length
  assert.match(
    await calls('begin', true),
    /^the stop is not announced, .*less than 10 minutes ago, and a loop must not be quiet\n$/,
  )
  assert.equal((await silences(alertmanager)).length, before)
  const nobody = `http://${await freeAddress()}`
  const program = `${logged}import tb_metrics
quiet = tb_metrics.RestartQuiet("${nobody}", "bot=tb")
quiet.begin()
quiet.end()
tb_metrics.RestartQuiet("${nobody}", "env=live").begin()
tb_metrics.RestartQuiet().begin()
`
  const said = await python.run(program, moduleFolder)
  assert.deepEqual(said.replace(/\[Errno \d+\]/, '[Errno 111]').split('\n'), [
    'the stop is not announced, so that alerts about it are sent: <urlopen error [Errno 111] Connection refused>',
    'BOTWATCH_QUIET is not a list of matchers such as bot=mybot,env=live,alertname!~A|B: stops are not announced',
    '',
  ])
})

async function silences(alertmanager: string): Promise<readonly Silence[]> {
  const all = await silencesOf(alertmanager)
  assert.ok(!('wrong' in all))
  return all
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await delay(50)
  }
}

/** Python whose log is its output. */
const logged = 'import logging, sys\nlogging.basicConfig(stream=sys.stdout, format="%(message)s")\n'

/** Real Alertmanager with the generated configuration. */
async function running(t: TestContext): Promise<string | null> {
  const tools = await needs(t, 'alertmanager')
  if (tools === undefined) return null
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const folder = await stackFolder(t)
  const { url, stop } = await startAlertmanager({
    tool: tools.alertmanager,
    address: await freeAddress(),
    configFile: join(folder, 'alertmanager/alertmanager.yml'),
    dataDir: join(folder, 'data'),
  })
  ending.push(stop)
  return url
}
