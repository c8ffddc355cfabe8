import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { bots } from '../../../definitions/index.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { alertmanagerOutput, filledAlertmanager } from '../../../generators/outputs/alertmanager/alertmanager.ts'
import { composeOutput } from '../../../generators/outputs/compose/compose.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { filledConfig, secretsOf } from '../../../generators/stack/secrets.ts'
import { runTool, temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { hostIn, modelOf, smallBot } from '../../fixtures/small-bot.ts'
import { needs } from '../../servers/skipped.ts'

interface Config {
  readonly templates: readonly string[]
  readonly route: { readonly receiver: string; readonly routes: readonly { readonly receiver: string }[] }
  readonly receivers: readonly ({ readonly name: string } & Readonly<Record<string, readonly object[]>>)[]
}
const model = modelOf(smallBot())
const configOf = (...filled: readonly string[]) =>
  parse(filledAlertmanager(model, (secret) => filled.includes(secret))) as Config
const generated = parse(alertmanagerOutput(model).get('alertmanager/alertmanager.yml') ?? '') as Config
/** What each receiver sends to: channels of the relay by name, other webhooks by the file of their URL, and Alertmanager's own integrations by number. */
const waysOf = ({ receivers }: Config) =>
  Object.fromEntries(
    receivers.map(({ name, webhook_configs = [], ...ways }) => [
      name,
      [
        ...(webhook_configs as { url?: string; url_file?: string }[]).map(({ url, url_file }) =>
          (url ?? url_file ?? '').replace(/.*\//, ''),
        ),
        ...Object.entries(ways).map(([way, all]) => `${way.replace('_configs', '')} ${all.length}`),
      ],
    ]),
  )

const telegram = ['telegram-bot-token', 'telegram-chat-live']
const table: readonly (readonly [what: string, filled: readonly string[], ways: Readonly<Record<string, string[]>>])[] =
  [
    [
      'everything',
      secretsOf(smallBot()).map(({ name }) => name),
      {
        everybody: ['discord-paper', 'discord-live', 'telegram-live'],
        'paper-critical': ['discord-paper'],
        'paper-warning': ['discord-paper'],
        'live-critical': ['telegram-live', 'discord-live'],
        'live-warning': ['discord-live'],
        direct: ['telegram 1', 'discord 2'],
        nobody: [],
        'dead-mans-switch': ['dead-mans-switch-url'],
      },
    ],
    [
      'Telegram alone',
      telegram,
      { everybody: ['telegram-live'], 'live-critical': ['telegram-live'], direct: ['telegram 1'], nobody: [] },
    ],
    [
      'Discord for paper alone',
      ['discord-webhook-paper'],
      {
        everybody: ['discord-paper'],
        'paper-critical': ['discord-paper'],
        'paper-warning': ['discord-paper'],
        direct: ['discord 1'],
        nobody: [],
      },
    ],
    ['a token without its chat', ['telegram-bot-token'], { everybody: [], direct: [], nobody: [] }],
    [
      'the dead man’s switch alone',
      ['dead-mans-switch-url'],
      { everybody: [], direct: [], nobody: [], 'dead-mans-switch': ['dead-mans-switch-url'] },
    ],
    ['nothing', [], { everybody: [], direct: [], nobody: [] }],
  ]
for (const [what, filled, ways] of table)
  test(`if ${what} has its secrets, channels without secrets are not used`, () => {
    const config = configOf(...filled)
    assert.deepEqual(waysOf(config), ways)
    const names = config.receivers.map(({ name }) => name)
    for (const { receiver } of [config.route, ...config.route.routes]) assert.ok(names.includes(receiver), receiver)
  })

test('with only Telegram no receiver names Discord, and alerts only for Discord go to nobody', () => {
  const config = configOf(...telegram)
  assert.doesNotMatch(JSON.stringify(config.receivers), /discord/)
  assert.deepEqual(
    config.route.routes.map(({ receiver }) => receiver),
    ['nobody', 'everybody', 'direct', 'nobody', 'nobody', 'nobody', 'live-critical', 'nobody', 'nobody'],
  )
})

test('with all secrets it is the generated configuration, except for the path of its templates', () => {
  const { templates, ...config } = configOf(...secretsOf(smallBot()).map(({ name }) => name))
  assert.deepEqual(templates, ['/etc/alertmanager/config/templates/*.tmpl'])
  assert.deepEqual({ ...config, templates: generated.templates }, generated)
})

for (const bot of [smallBot(), ...bots])
  test(`${bot.name}: amtool accepts it whichever secrets are filled in`, async (t) => {
    const tools = await needs(t, 'amtool')
    if (tools === undefined) return
    const folder = temporaryFolder(t)
    const topology = hostIn(folder)
    const { model } = resolve(bot, topology)
    writeAll(join(folder, 'out'), alertmanagerOutput(model))
    mkdirSync(topology.secrets)
    const file = join(topology.secrets, filledConfig)
    for (const filled of waysToFill(bot)) {
      writeFileSync(
        file,
        filledAlertmanager(model, (secret) => filled.includes(secret)),
      )
      const { code, output } = await runTool(tools.amtool, 'check-config', file)
      assert.equal(code, 0, `${filled.join(', ')}: ${output}`)
      assert.match(output, / - 1 templates\n {2}SUCCESS/)
    }
  })

test('the file in the container is where Alertmanager’s flags point', () => {
  const { services } = parse(composeOutput(model).get('docker-compose.yaml') ?? '') as {
    services: { alertmanager: { command: readonly string[]; volumes: readonly { source: string; target: string }[] } }
  }
  const { command, volumes } = services.alertmanager
  assert.equal(command[0], `--config.file=${containerTopology.secrets}/${filledConfig}`)
  assert.ok(
    volumes.some(({ source, target }) => source === './secrets/alertmanager' && target === containerTopology.secrets),
  )
})

/** Every set of secrets that can be filled in. */
function waysToFill(bot: Parameters<typeof secretsOf>[0]): readonly (readonly string[])[] {
  const names = secretsOf(bot).map(({ name }) => name)
  return Array.from({ length: 2 ** names.length }, (_, way) => names.filter((_, i) => (way >> i) % 2 === 1))
}
