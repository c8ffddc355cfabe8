import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { parse } from 'yaml'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { composeOutput } from '../../../generators/outputs/compose/compose.ts'
import { environmentOutput } from '../../../generators/outputs/compose/environment.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { dotenvLine } from '../../../generators/stack/dotenv-line.ts'
import { retentionSize } from '../../../generators/stack/prometheus-command.ts'
import { settingsOf } from '../../../generators/stack/settings.ts'
import { runTool, temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { needs } from '../../servers/skipped.ts'

const { model } = resolve(mcbot, containerTopology)
const text = composeOutput(model).get('docker-compose.yaml') as string
const example = environmentOutput(model).get('.env.example') as string

interface Service {
  readonly image: string
  readonly user?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly restart: string
  readonly ports: readonly (string | { host_ip: string; published: string; target: number })[]
  readonly volumes?: readonly (string | { type: string; source: string; target: string; read_only?: boolean })[]
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly environment?: Readonly<Record<string, string>>
  readonly command?: readonly string[]
  readonly extra_hosts?: readonly string[]
}
interface Stack {
  readonly name: string
  readonly services: Readonly<Record<string, Service>>
  readonly configs: { readonly targets: { readonly content: string } }
  readonly volumes: Readonly<Record<string, { readonly name?: string }>>
}
const written = parse(text) as Stack

test('every service is pinned, confined, on loopback, health-checked and restarted', () => {
  const services = Object.entries(written.services)
  assert.deepEqual(
    services.map(([name]) => name),
    ['paper-bot', 'bot', 'prometheus', 'alertmanager', 'relay', 'grafana', 'node-exporter'],
  )
  for (const [name, service] of services) {
    assert.equal(service.restart, 'unless-stopped', name)
    for (const port of service.ports) assert.match(String(port), /^127\.0\.0\.1:\$\{[A-Z_]+_PORT:-\d+\}:\d+$/, name)
    // the owner decides about their own image
    if (name === 'bot') continue
    assert.match(service.image, /^[\w./-]+:v?\d+\.\d+\.\d+[\w.-]*$/, name)
    assert.deepEqual([service.cap_drop, service.security_opt], [['ALL'], ['no-new-privileges:true']], name)
    assert.match(service.user ?? 'root', /^(node|65534:65534|472:0)$/, name)
    assert.ok(service.healthcheck, name)
    for (const word of service.healthcheck.test) assert.doesNotMatch(word, /\s/, `${name}: some engines split a word`)
  }
})

test('only whole folders are mounted, read-only, and secrets only into Alertmanager and the relay', () => {
  for (const [name, { volumes = [] }] of Object.entries(written.services))
    for (const volume of volumes) {
      if (typeof volume === 'string') {
        assert.match(volume, /^((paper-)?bot|prometheus|alertmanager|relay|grafana)-data:\//, name)
        continue
      }
      assert.equal(volume.read_only, true, `${name}: ${volume.source}`)
      assert.deepEqual((volume as unknown as { bind: object }).bind, { create_host_path: false }, volume.source)
      if (volume.source.startsWith('.')) assert.doesNotMatch(volume.source, /\.(ya?ml|json|tmpl)$/, name)
      assert.equal(/secrets/.test(volume.source), volume.target === '/run/secrets', volume.source)
      assert.ok(!['.', './', '../..'].includes(volume.source), `${name} sees .env`)
    }
  const withSecrets = Object.entries(written.services).filter(([, service]) =>
    JSON.stringify(service).includes('secrets'),
  )
  assert.deepEqual(
    withSecrets.map(([name]) => name),
    ['alertmanager', 'relay'],
  )
})

const sizes = [
  ['30d', 100, '2GB'],
  ['90d', 8111, '24GB'],
  ['1y', 8111, '96GB'],
  ['90d', 100_000, '290GB'],
] as const
for (const [retention, seriesBound, size] of sizes)
  test(`at most ${seriesBound} series kept for ${retention} may take ${size}`, () => {
    const bot = { ...mcbot, stack: { ...mcbot.stack, retention } }
    assert.equal(retentionSize({ bot, seriesBound }), size)
  })

test('.env.example names each setting of the stack, and has no password', () => {
  const asked = new Set([...text.matchAll(/\$\{([A-Z_]+)[:}]/g)].map(([, name]) => name as string))
  const named = new Set([...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name as string))
  assert.deepEqual([...named].filter((name) => name !== 'COMPOSE_PROFILES').sort(), [...asked].sort())
  assert.match(example, /^GRAFANA_PASSWORD=$/m)
  for (const { name, otherwise } of Object.values(settingsOf(mcbot)).filter(({ name }) => named.has(name)))
    assert.ok(text.includes(`\${${name}:-${otherwise}}`) || name === 'BOT_IMAGE', name)
})

test('without .env nothing starts, and the error says what to run', async (t) => {
  const config = await configured(t, null)
  if (config === null) return
  assert.equal(config.code !== 0, true)
  assert.match(
    config.output.trim(),
    /^[^\n]*GRAFANA_PASSWORD is missing a value: no password yet: run `make up BOT=mcbot` in the repository, which writes \.env with a random one$/,
  )
})

const ways: readonly (readonly [
  what: string,
  /** Added at the end of the example. */
  env: string,
  services: readonly string[],
  target: string,
  envLabel: string,
])[] = [
  ['as it is', '', ['paper-bot'], 'bot:8000', 'paper'],
  ['an image', 'BOT_IMAGE=registry.example.org/me/bot:1.2\nBOT_ENV=live\n', ['bot'], 'bot:8000', 'live'],
  ['a process', 'BOT_TARGET=host.docker.internal:9000\nBOT_ENV=live\n', [], 'host.docker.internal:9000', 'live'],
  ['an image with another port', 'BOT_IMAGE=bot:1\nBOT_TARGET=bot:9100\n', ['bot'], 'bot:9100', 'paper'],
  ['as live without a bot: never the paper bot', 'BOT_ENV=live\n', [], 'bot:8000', 'live'],
]
for (const [what, env, bots, target, envLabel] of ways)
  test(`Docker Compose understands it, ${what}`, async (t) => {
    const config = await configured(t, `${example}GRAFANA_PASSWORD=x\n${env}`)
    if (config === null) return
    assert.equal(config.code, 0, config.output)
    const stack = parse(config.stdout) as Stack
    assert.equal(stack.name, 'botwatch-mcbot')
    assert.deepEqual(
      Object.keys(stack.services).sort(),
      ['alertmanager', ...bots, 'grafana', 'node-exporter', 'prometheus', 'relay'].sort(),
    )
    assert.deepEqual(parse(stack.configs.targets.content), [
      { targets: [target], labels: { bot: 'mcbot', env: envLabel, instance: 'mcbot' } },
    ])
    const mounts = stack.services['prometheus']?.volumes ?? []
    const deployment = mounts.find((one) => typeof one === 'object' && one.target === containerTopology.deployment)
    assert.match(JSON.stringify(deployment), new RegExp(`/prometheus/deployments/${envLabel}"`))
    if (bots[0] === 'bot') assert.equal(stack.services['bot']?.image, /BOT_IMAGE=(\S+)/.exec(env)?.[1])
  })

const states: readonly (readonly [what: string, env: string, bot: string, folder: string, volume: string])[] = [
  ['the paper bot', '', 'paper-bot', '/home/node', 'paper-bot-data:/home/node'],
  ["the owner's image as paper", 'BOT_IMAGE=me/bot:1\n', 'bot', '/state/paper', 'bot-data:/state'],
  ["the owner's image as live", 'BOT_IMAGE=me/bot:1\nBOT_ENV=live\n', 'bot', '/state/live', 'bot-data:/state'],
]
for (const [what, env, bot, folder, volume] of states)
  test(`a new image of the bot finds the state of the one before: ${what}`, async (t) => {
    const config = await configured(t, `${example}GRAFANA_PASSWORD=x\n${env}`)
    if (config === null) return
    assert.equal(config.code, 0, config.output)
    const { services, volumes } = parse(config.stdout) as Stack
    assert.equal(services[bot]?.environment?.['STATE'], folder)
    assert.deepEqual(namedVolumes(services[bot]), [volume])
    // Compose names it after the project, so another stack has another one.
    const [name = ''] = volume.split(':')
    assert.equal(volumes[name]?.name, `botwatch-mcbot_${name}`)
  })

test('an owner whose image keeps its state elsewhere says so in the override file', async (t) => {
  const own = { environment: { STATE: '/var/lib/bot' }, volumes: ['bot-data:/var/lib/bot', './state:/state'] }
  const config = await configured(t, `${example}GRAFANA_PASSWORD=x\nBOT_IMAGE=me/bot:1\n`, { services: { bot: own } })
  if (config === null) return
  assert.equal(config.code, 0, config.output)
  const { bot } = (parse(config.stdout) as Stack).services
  assert.equal(bot?.environment?.['STATE'], '/var/lib/bot')
  assert.deepEqual(namedVolumes(bot), ['bot-data:/var/lib/bot'])
})

/** The named volumes of a service, each with its folder. */
const namedVolumes = (service: Service | undefined) =>
  (service?.volumes ?? []).flatMap((volume) =>
    typeof volume === 'object' && volume.type === 'volume' ? [`${volume.source}:${volume.target}`] : [],
  )

test('a value with quotes leaves the target file valid', async (t) => {
  const hostile = `"my" bot: it's [#1]`
  const config = await configured(t, `${example}GRAFANA_PASSWORD=x\n${dotenvLine('BOT_INSTANCE', hostile)}\n`)
  if (config === null) return
  assert.equal(config.code, 0, config.output)
  assert.deepEqual(parse((parse(config.stdout) as Stack).configs.targets.content), [
    { targets: ['bot:8000'], labels: { bot: 'mcbot', env: 'paper', instance: hostile } },
  ])
})

test('ports come from .env', async (t) => {
  const config = await configured(t, 'GRAFANA_PASSWORD=x\nPROMETHEUS_PORT=19090\nCOMPOSE_PROFILES=paper-bot-as-paper\n')
  if (config === null) return
  const [port] = (parse(config.stdout) as Stack).services['prometheus']?.ports ?? []
  assert.deepEqual(port, { mode: 'ingress', host_ip: '127.0.0.1', target: 9090, published: '19090', protocol: 'tcp' })
})

async function configured(t: TestContext, env: string | null, override: object = {}) {
  const tools = await needs(t, 'docker-compose')
  if (tools === undefined) return null
  const folder = join(temporaryFolder(t), 'out', 'mcbot')
  mkdirSync(folder, { recursive: true })
  writeAll(folder, composeOutput(model))
  if (env !== null) writeFileSync(join(folder, '.env'), env)
  assert.equal(readFileSync(join(folder, 'docker-compose.yaml'), 'utf8'), text)
  writeFileSync(join(folder, 'docker-compose.override.yaml'), JSON.stringify(override))
  const files = ['docker-compose.yaml', 'docker-compose.override.yaml'].flatMap((file) => ['-f', join(folder, file)])
  return runTool(tools['docker-compose'], '--project-directory', folder, ...files, 'config')
}
