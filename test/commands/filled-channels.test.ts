import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { freeAddress } from '../../demo/servers/port.ts'
import { startAlertmanager } from '../../demo/servers/start.ts'
import { relayTries, switchTries } from '../../generators/commands/alertmanager-api.ts'
import { tellFilled, unreachableSeverities, writeFilled } from '../../generators/commands/filled-channels.ts'
import { prepare, secretFiles } from '../../generators/commands/prepare.ts'
import { sendTestAlerts } from '../../generators/commands/test-alert.ts'
import { hostTopology } from '../../generators/model/topology.ts'
import { alertmanagerFlags } from '../../generators/stack/alert-timing.ts'
import { filledConfig, secretsFolder } from '../../generators/stack/secrets.ts'
import { needs } from '../servers/skipped.ts'
import { startChannels } from './channels-stand-in.ts'
import { relayOf } from './relay.ts'
import { stackFolder, tell } from './stack-folder.ts'

const telegram = { 'telegram-bot-token': '1:x', 'telegram-chat-live': '-5' }
const discord = (env: string) => ({ [`discord-webhook-${env}`]: 'https://discord.example/1' })

const written = async (t: TestContext, secrets: Readonly<Record<string, string>>) => {
  const folder = await stackFolder(t)
  await prepare(mcbot, folder, null)
  tell(folder, secrets)
  return { folder, file: join(folder, secretsFolder, filledConfig) }
}

test('Alertmanager gets the channels whose secrets are filled in, in a file that it can read', async (t) => {
  const { folder, file } = await written(t, telegram)
  assert.equal(await writeFilled(mcbot, folder), true)
  assert.equal((statSync(file).mode & 0o777).toString(8), '644')
  assert.match(readFileSync(file, 'utf8'), /telegram-chat-live/)
  assert.doesNotMatch(readFileSync(file, 'utf8'), /discord_configs|1:x|dead-mans-switch-url/)
  assert.equal(await writeFilled(mcbot, folder), false, 'nothing has changed')

  tell(folder, discord('paper'))
  assert.equal(await writeFilled(mcbot, folder), true)
  assert.match(readFileSync(file, 'utf8'), /discord-webhook-paper/)
  assert.doesNotMatch(readFileSync(file, 'utf8'), /discord-webhook-live/)
  assert.deepEqual(
    readdirSync(join(folder, secretsFolder)).filter((name) => name.startsWith(filledConfig)),
    [filledConfig],
  )
})

test('before the first `make up` nothing is written', async (t) => {
  assert.equal(await writeFilled(mcbot, await stackFolder(t)), false)
})

const cases: readonly (readonly [
  what: string,
  env: string,
  secrets: Readonly<Record<string, string>>,
  says: string[],
])[] = [
  [
    'nothing on paper',
    'paper',
    {},
    ['nobody is notified of critical, warning and info alerts in paper until discord is configured'],
  ],
  ['Discord on paper', 'paper', discord('paper'), []],
  [
    'Telegram, which hears of no info, live',
    'live',
    telegram,
    ['nobody is notified of info alerts in live until discord is configured'],
  ],
  ['Discord live', 'live', discord('live'), []],
  [
    'nothing live',
    'live',
    discord('paper'),
    ['nobody is notified of critical, warning and info alerts in live until discord or telegram is configured'],
  ],
  [
    'a token without a chat',
    'live',
    { 'telegram-bot-token': '1:x' },
    ['nobody is notified of critical, warning and info alerts in live until discord or telegram is configured'],
  ],
]
for (const [what, env, secrets, says] of cases)
  test(`severities that reach nobody are reported in one sentence: ${what}`, async (t) => {
    const { folder } = await written(t, secrets)
    assert.deepEqual(unreachableSeverities(mcbot, env, await secretFiles(mcbot, folder)), says)
  })

test('targets elsewhere are included, with the channels of their environments', async (t) => {
  const { folder } = await written(t, discord('paper'))
  const bot = { ...mcbot, targets: [{ env: 'live', instance: 'second', address: 'other:8000' }] }
  assert.deepEqual(unreachableSeverities(bot, 'paper', await secretFiles(bot, folder)), [
    'nobody is notified of critical, warning and info alerts in live until discord or telegram is configured',
  ])
})

test('with only Telegram configured, real Alertmanager delivers over it and tries nothing over Discord', async (t) => {
  const tools = await needs(t, 'alertmanager')
  if (tools === undefined) return
  // Registered before the folder's hook: hooks run in order, and servers must stop before the folder they write to is removed.
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const channels = await startChannels()
  t.after(channels.close)
  const nobody = '127.0.0.1:9'
  const [at, relayAt] = [await freeAddress(), await freeAddress()]
  const places = (folder: string) =>
    hostTopology({
      folder,
      secrets: join(folder, secretsFolder),
      targets: join(folder, 'targets.yml'),
      prometheus: nobody,
      alertmanager: at,
      relay: relayAt,
      nodeExporter: nobody,
      env: 'live',
    })
  const folder = await stackFolder(t, places)
  await prepare(mcbot, folder, null)
  tell(folder, { 'telegram-bot-token': channels.token, 'telegram-chat-live': channels.chat })
  await writeFilled(mcbot, folder, places(folder))
  const configFile = join(folder, secretsFolder, filledConfig)
  const relay = await relayOf(folder, relayAt, channels.url)
  ending.push(relay.stop)
  const server = await startAlertmanager({
    tool: tools.alertmanager,
    configFile,
    dataDir: join(folder, 'data'),
    address: at,
    args: alertmanagerFlags,
  })
  ending.push(server.stop)

  const said: string[] = []
  const faults = await sendTestAlerts({
    bot: mcbot,
    folder,
    env: 'live',
    alertmanager: server.url,
    relay: relay.url,
    say: (line) => said.push(line),
    endpoints: { telegram: channels.url },
  })
  const empty = (name: string) => join(folder, secretsFolder, name)
  assert.deepEqual(faults, [
    `live: discord: not configured: put the URL of the Discord webhook for live in ${empty('discord-webhook-live')}.`,
    `dead man's switch: not configured, so if this machine dies nobody is notified: put the ping URL of an external dead man's switch in ${empty('dead-mans-switch-url')}.`,
  ])
  assert.equal(said.at(-1), 'live: telegram: 2 messages delivered (critical, warning)')
  const tries = await relayTries(relay.url)
  assert.ok(typeof tries === 'function')
  assert.deepEqual(tries('telegram-live'), { good: 2, bad: 0 })
  assert.deepEqual(tries('discord-live'), { good: 0, bad: 0 })
  assert.deepEqual(await switchTries(server.url), { good: 0, bad: 0 })
})

test('a running Alertmanager picks up a secret that is filled in later', async (t) => {
  const { folder } = await written(t, {})
  await writeFilled(mcbot, folder)
  assert.deepEqual(
    await tellFilled(mcbot, folder, 'http://127.0.0.1:9'),
    [],
    'nothing has changed, so no server is called',
  )
  tell(folder, discord('paper'))
  assert.deepEqual(await tellFilled(mcbot, folder, 'http://127.0.0.1:9'), [
    'Alertmanager does not answer at http://127.0.0.1:9: start the stack with `make up`.',
  ])
})
