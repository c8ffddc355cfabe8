import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bot } from '../../../definitions/language/bot.ts'
import { startPrometheus } from '../../../demo/servers/start.ts'
import { prepare } from '../../../generators/commands/prepare.ts'
import { composeOutput } from '../../../generators/outputs/compose/compose.ts'
import { prometheusOutput } from '../../../generators/outputs/prometheus/prometheus.ts'
import { rulesOutput } from '../../../generators/outputs/prometheus/rules.ts'
import { targetsFile } from '../../../generators/stack/targets.ts'
import { type Auth, createMetrics, serve } from '../../../runtime/index.ts'
import { catalogue, counter, watchdogMetrics } from '../../../runtime/metrics.ts'
import { temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { hostIn, modelOf, smallBot } from '../../fixtures/small-bot.ts'
import { needs } from '../../servers/skipped.ts'

const asking = (auth: Bot['auth']): Bot => ({ ...smallBot({ evaluate: '1s' }), auth })
const turns = catalogue('tiny', { turns_total: counter({ help: 'Turns of the main loop.' }) })

const table: readonly (readonly [string, Bot['auth'], string, string])[] = [
  ['a token', 'token', 'authorization:\n      credentials_file: /run/secrets/metrics-token', 'metrics-token'],
  [
    'a password',
    { user: 'prometheus' },
    'basic_auth:\n      username: prometheus\n      password_file: /run/secrets/metrics-password',
    'metrics-password',
  ],
]

for (const [what, auth, config, file] of table)
  test(`if a bot requires ${what}, Prometheus reads it from a file that only it can read`, async (t) => {
    const bot = asking(auth)
    const model = modelOf(bot)
    const text = prometheusOutput(model).get('prometheus/prometheus.yml') ?? ''
    assert.ok(text.includes(config), text)
    assert.equal(text.split('/run/secrets').length, 2, 'the secret is for the bot alone')
    const stack = composeOutput(model).get('docker-compose.yaml') ?? ''
    assert.match(stack, /source: \.\/secrets\/prometheus\n\s+target: \/run\/secrets\n\s+read_only: true/)

    const folder = temporaryFolder(t)
    writeFileSync(join(folder, '.env.example'), '# head\n\nGRAFANA_PASSWORD=\n')
    const path = join(folder, 'secrets/prometheus', file)
    assert.ok((await prepare(bot, folder, null)).includes(path))
    const secret = readFileSync(path, 'utf8')
    assert.match(secret, /^[\w-]{32}\n$/)
    assert.equal((statSync(path).mode & 0o777).toString(8), '644')
    await prepare(bot, folder, null)
    assert.equal(readFileSync(path, 'utf8'), secret, 'an existing file stays')
  })

test('if a bot requires no authentication, Prometheus has no secret', () => {
  const model = modelOf(asking(null))
  assert.doesNotMatch(prometheusOutput(model).get('prometheus/prometheus.yml') ?? '', /secrets/)
  assert.doesNotMatch(composeOutput(model).get('docker-compose.yaml') ?? '', /secrets\/prometheus/)
})

/** What Prometheus knows of a bot and its watchdog under this configuration: their scrape URLs and last errors. */
async function scraped(t: TestContext, bot: Bot, secret: string, given: Auth) {
  const tools = await needs(t, 'prometheus')
  if (!tools) return undefined
  const folder = temporaryFolder(t)
  const own = await serve(createMetrics(turns), { port: 0, auth: given })
  const watching = await serve(createMetrics(watchdogMetrics), { port: 0 })
  t.after(() => Promise.all([own.close(), watching.close()]))
  const topology = hostIn(folder)
  const model = modelOf({ ...bot, watchdog: { port: watching.port, silent: '3m' } }, topology)
  writeAll(join(folder, 'out'), new Map([...prometheusOutput(model), ...rulesOutput(model)]))
  for (const name of ['metrics-token', 'metrics-password']) writeAll(topology.secrets, new Map([[name, `${secret}\n`]]))
  const address = `127.0.0.1:${own.port}`
  writeFileSync(topology.targets, targetsFile({ bot: 'tiny', env: 'paper', instance: 'one', address }))
  mkdirSync(join(folder, 'data'))
  const server = await startPrometheus({
    tool: tools.prometheus,
    configFile: join(topology.prometheusFolder, 'prometheus.yml'),
    dataDir: join(folder, 'data'),
  })
  t.after(server.stop)
  for (const until = Date.now() + 60_000; Date.now() < until; await delay(100)) {
    const response = await fetch(`${server.url}/api/v1/targets`)
    const { data } = (await response.json()) as {
      data: { activeTargets: { scrapePool: string; health: string; lastError: string; labels: object }[] }
    }
    const ours = data.activeTargets.filter(({ scrapePool }) => scrapePool.startsWith('tiny'))
    if (ours.length === 2 && ours.every(({ health }) => health !== 'unknown'))
      return ours.map(({ labels, health, lastError }) => ({ labels, health, lastError }))
  }
  return assert.fail('Prometheus has not scraped after 60 s')
}

const labels = { bot: 'tiny', env: 'paper', instance: 'one' }
const up = (job: string) => ({ labels: { ...labels, job }, health: 'up', lastError: '' })

for (const [what, auth, given] of [
  ['its token', 'token', { token: 'abc' }],
  ['its password', { user: 'prometheus' }, { user: 'prometheus', password: 'abc' }],
] as const)
  test(`real Prometheus scrapes a bot with ${what}, and its watchdog`, async (t) => {
    const targets = await scraped(t, asking(auth), 'abc', given)
    if (targets) assert.deepEqual(targets, [up('tiny'), up('tiny-watchdog')])
  })

test('real Prometheus with a wrong token is rejected', async (t) => {
  const targets = await scraped(t, asking('token'), 'abd', { token: 'abc' })
  if (targets)
    assert.deepEqual(targets[0], {
      labels: { ...labels, job: 'tiny' },
      health: 'down',
      lastError: 'server returned HTTP status 401 Unauthorized',
    })
})
