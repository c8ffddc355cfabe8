import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { stringify } from 'yaml'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { freeAddress } from '../../demo/servers/port.ts'
import { startPrometheus } from '../../demo/servers/start.ts'
import { monitoringProblems } from '../../generators/commands/monitoring.ts'
import { hostTopology } from '../../generators/model/topology.ts'
import { secretsFolder } from '../../generators/stack/secrets.ts'
import { targetsFile } from '../../generators/stack/targets.ts'
import { needs } from '../servers/skipped.ts'
import { composeStandIn } from './compose-stand-in.ts'
import { scrapeEverySecond } from './every-second.ts'
import { modeText, startExposition } from './exposition.ts'
import { put, stackFolder } from './stack-folder.ts'

test('Prometheus is asked for each target, each rule and the trading mode', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { ask, bot, folder, said, engine, target } = stage

  await t.test('all is well', async () => {
    assert.deepEqual(await ask({ within: 30_000 }), [])
    assert.match(
      said.at(-1) ?? '',
      /^each of 5 scrape jobs is up, \d{2} rules are loaded, and mcbot trades as it is monitored$/,
    )
  })

  await t.test('a bot that trades otherwise than it is monitored is reported without waiting', async () => {
    bot.exposes(modeText('live'))
    assert.deepEqual(await ask({ within: 120_000 }), [
      'mcbot reports the trading mode live, but is monitored as paper: correct BOT_ENV in .env, or run the other bot. It has logged nothing (`docker compose logs bot` in ' +
        `${folder}).`,
    ])
  })

  await t.test('a bot that does not say how it trades', async () => {
    bot.exposes('mcbot_equity_usdt 1\n')
    const [problem, ...more] = await ask()
    assert.deepEqual(more, [])
    assert.match(
      problem ?? '',
      /^mcbot is up but has not set mcbot_trading_mode, so nothing proves that it is right to monitor it as paper \(after 4 s; --within gives a slow starter more\)\./,
    )
    bot.exposes(modeText('paper'))
  })

  await t.test('a target that answers with an error, and its service’s last lines', async () => {
    bot.fails(503)
    engine.logs('bot', ['connecting to the exchange'])
    const problems = await ask({ services: ['bot', 'prometheus'] })
    assert.deepEqual(problems, [
      `the target http://${target}/metrics of the job mcbot is not up: server returned HTTP status 503 Service Unavailable (after 4 s; --within gives a slow starter more).`,
    ])
    bot.fails(200)
  })

  await t.test('a service that keeps exiting is reported first', async () => {
    engine.runs([{ Service: 'bot', State: 'restarting', ExitCode: 137 }])
    assert.deepEqual(await ask({ within: 120_000, target: '127.0.0.1:9' }), [
      `the service bot of mcbot keeps exiting (exit code 137). Its last lines (\`docker compose logs bot\` in ${folder}):\n  | connecting to the exchange`,
    ])
    engine.runs([])
  })

  await t.test('the paper bot in the place of the one that .env names', async () => {
    engine.runs([{ Service: 'paper-bot', State: 'running', Health: 'healthy' }])
    assert.deepEqual(await ask({ within: 120_000 }), [
      `the service paper-bot runs, but ${folder}/.env names another bot: run \`make up\`, which replaces it.`,
    ])
    engine.runs([])
  })

  await t.test('other settings than those Prometheus was started with', async () => {
    assert.deepEqual(await ask({ within: 120_000, env: 'live' }), [
      `Prometheus monitors mcbot at ${target} as one in paper, but .env says one in live: run \`make up\`.`,
    ])
  })

  await t.test('a rule that is not loaded', async () => {
    put(
      join(folder, 'prometheus/more.yml'),
      stringify({ groups: [{ name: 'more', rules: [{ alert: 'Forgotten', expr: 'up == 0' }] }] }),
    )
    const problems = await ask()
    assert.match(
      problems.join('\n'),
      /^more: alert Forgotten is in the files but not loaded: run `make up`, which mounts the files again \(after 4 s/,
    )
    assert.equal(problems.length, 1)
    rmSync(join(folder, 'prometheus/more.yml'))
  })
})

test('without Prometheus the sentence names its service', async (t) => {
  const engine = await composeStandIn(t)
  if (engine === null) return
  const folder = await stackFolder(t)
  const nobody = `http://${await freeAddress()}`
  engine.logs('prometheus', ['out of memory'])
  const stack = { bot: mcbot, folder, compose: engine.compose, say: () => {} }
  assert.deepEqual(await monitoringProblems(stack, configWith({}), nobody, 1000), [
    `Prometheus does not answer at ${nobody} (after 1 s; --within gives a slow starter more). Its last lines (\`docker compose logs prometheus\` in ${folder}):\n  | out of memory`,
  ])
})

const configWith = (more: object) => ({
  project: 'x',
  services: ['bot', 'prometheus'],
  addresses: {},
  env: 'paper',
  instance: 'one',
  target: 'bot:8000',
  image: '',
  ...more,
})

/** A real Prometheus with the generated files, a bot, and other servers that answer as well. */
async function staged(t: TestContext) {
  const tools = await needs(t, 'prometheus')
  const engine = await composeStandIn(t)
  if (tools === undefined || engine === null) return null
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const bot = await startExposition()
  const other = await startExposition()
  ending.push(bot.close, other.close)
  const prometheusAt = await freeAddress()
  const folder = await stackFolder(t, (at) =>
    hostTopology({
      folder: at,
      secrets: join(at, secretsFolder),
      targets: join(at, 'targets.yml'),
      prometheus: prometheusAt,
      alertmanager: other.address,
      relay: other.address,
      nodeExporter: other.address,
      env: 'paper',
    }),
  )
  bot.exposes(modeText('paper'))
  put(join(folder, 'targets.yml'), targetsFile({ bot: 'mcbot', env: 'paper', instance: 'one', address: bot.address }))
  scrapeEverySecond(folder)
  const prometheus = await startPrometheus({
    tool: tools.prometheus,
    address: prometheusAt,
    configFile: join(folder, 'prometheus/prometheus.yml'),
    dataDir: join(folder, 'data-prometheus'),
  })
  ending.push(prometheus.stop)
  const said: string[] = []
  engine.started()
  const ask = (more: { readonly within?: number } & Record<string, unknown> = {}) => {
    const { within = 4000, ...config } = more
    const stack = { bot: mcbot, folder, compose: engine.compose, say: (line: string) => void said.push(line) }
    return monitoringProblems(stack, configWith({ target: bot.address, ...config }), prometheus.url, within)
  }
  return { ask, bot, folder, said, engine, target: bot.address }
}
