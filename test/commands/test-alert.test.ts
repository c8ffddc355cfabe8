import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { freeAddress, freePort } from '../../demo/servers/port.ts'
import { startAlertmanager } from '../../demo/servers/start.ts'
import { sendTestAlerts } from '../../generators/commands/test-alert.ts'
import { hostTopology } from '../../generators/model/topology.ts'
import { alertmanagerFlags } from '../../generators/stack/alert-timing.ts'
import { secretsFolder } from '../../generators/stack/secrets.ts'
import { needs } from '../servers/skipped.ts'
import { type Channels, startChannels } from './channels-stand-in.ts'
import { relayOf } from './relay.ts'
import { stackFolder, tell } from './stack-folder.ts'

test('a message of each severity goes through real Alertmanager and the relay to the channels, as the generated configuration says', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { folder, channels, run } = stage
  tell(folder, { ...rightOf(channels), 'dead-mans-switch-url': `${channels.url}/ping` })
  const { faults, said } = await run('live')
  assert.deepEqual(faults, [])
  assert.deepEqual(said, [
    'live: sent a test alert of each severity (critical, warning, info); waiting for the channels',
    'live: discord: 3 messages delivered (critical, warning, info)',
    'live: telegram: 2 messages delivered (critical, warning)',
  ])
  for (const [channel, severities] of [
    ['telegram', ['critical', 'warning']],
    ['discord', ['critical', 'info', 'warning']],
  ] as const)
    assert.deepEqual(
      channels.taken
        .filter((one) => one.channel === channel)
        .map((one) => /Test alert with severity (\w+): nothing is wrong\./.exec(one.text)?.[1])
        .sort(),
      severities,
      channel,
    )
})

test('each broken channel gets one sentence immediately, and the dead man’s switch is mentioned', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { folder, channels, run, asked } = stage
  tell(folder, {
    'telegram-bot-token': '4242:AAE-other',
    'telegram-chat-live': channels.chat,
    'discord-webhook-live': `${channels.webhook}x`,
  })
  const { faults, said } = await run('live')
  const at = (name: string) => join(folder, secretsFolder, name)
  assert.deepEqual(faults, [
    `live: discord: the webhook in ${at('discord-webhook-live')} is wrong or was deleted. Copy it again from the channel's settings.`,
    `live: telegram: the token in ${at('telegram-bot-token')} is wrong: Telegram does not recognise it. Get it from @BotFather.`,
    `dead man's switch: not configured, so if this machine dies nobody is notified: put the ping URL of an external dead man's switch in ${at('dead-mans-switch-url')}.`,
  ])
  assert.deepEqual(said, [
    'live: sent a test alert of each severity (critical, warning, info); waiting for the channels',
  ])
  assert.deepEqual(
    asked(),
    ['GET /metrics', 'POST /api/v2/alerts', 'POST /api/v2/alerts'],
    'the relay is not asked again and again what became of messages that cannot arrive',
  )
})

test('problems that only sending shows are found too: rate limiting', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { folder, channels, run } = stage
  channels.mood = 'limited'
  tell(folder, { 'discord-webhook-paper': channels.webhook, 'dead-mans-switch-url': `${channels.url}/ping` })
  const { faults } = await run('paper')
  assert.deepEqual(faults, [
    `paper: discord: Discord is rate limiting and accepts no messages for 2 s, with the secret in ${join(folder, secretsFolder, 'discord-webhook-paper')}: 'You are being rate limited.'. Wait, then try again.`,
  ])
})

test('the environment that runs is tested, and others that have a secret of their own; a channel that another replaces is only mentioned', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { folder, channels, run } = stage
  tell(folder, { 'discord-webhook-live': `${channels.webhook}x`, 'dead-mans-switch-url': `${channels.url}/ping` })
  const { faults, said } = await run('paper')
  assert.deepEqual(
    faults.map((fault) => fault.split(': ').slice(0, 2)),
    [
      ['paper', 'discord'],
      ['live', 'discord'],
    ],
  )
  const at = (name: string) => join(folder, secretsFolder, name)
  assert.deepEqual(said, [
    `live: telegram: not configured: put the Telegram bot's token from @BotFather in ${at('telegram-bot-token')}. not configured: put the numeric id of the Telegram chat for live in ${at('telegram-chat-live')}.`,
    'live: sent a test alert of each severity (critical, warning, info); waiting for the channels',
  ])
})

test('without the stack the error is one sentence', async (t) => {
  const folder = await stackFolder(t)
  const nobody = `http://127.0.0.1:${await freePort()}`
  const said: string[] = []
  tell(folder, { 'dead-mans-switch-url': 'http://127.0.0.1/' })
  const faults = await sendTestAlerts({
    bot: mcbot,
    folder,
    env: 'paper',
    alertmanager: nobody,
    relay: nobody,
    say: (l) => said.push(l),
  })
  assert.deepEqual([faults, said], [[`the relay does not answer at ${nobody}: start the stack with \`make up\`.`], []])
})

const rightOf = (channels: Channels) => ({
  'telegram-bot-token': `${channels.token}\n`,
  'telegram-chat-live': `${channels.chat}\n`,
  'discord-webhook-live': `${channels.webhook}\n`,
})

/** Real Alertmanager with the generated configuration, which differs only in where Telegram is. */
async function staged(t: TestContext) {
  const tools = await needs(t, 'alertmanager')
  if (tools === undefined) return null
  // Registered before the folder's hook: hooks run in order, and servers must stop before the folder they write to is removed.
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const channels = await startChannels()
  t.after(channels.close)
  const nobody = '127.0.0.1:9'
  const [at, relayAt] = [await freeAddress(), await freeAddress()]
  const folder = await stackFolder(t, (path) =>
    hostTopology({
      folder: path,
      secrets: join(path, secretsFolder),
      targets: join(path, 'targets.yml'),
      prometheus: nobody,
      alertmanager: at,
      relay: relayAt,
      nodeExporter: nobody,
      env: 'paper',
    }),
  )
  const configFile = join(folder, 'alertmanager/alertmanager.yml')
  const relay = await relayOf(folder, relayAt, channels.url)
  ending.push(relay.stop)
  const alertmanager = await startAlertmanager({
    tool: tools.alertmanager,
    configFile,
    dataDir: join(folder, 'data'),
    address: at,
    args: alertmanagerFlags,
  })
  ending.push(alertmanager.stop)

  const requests: string[] = []
  const note = (message: unknown) => {
    const { request } = message as { request: { origin: string; method: string; path: string } }
    if (request.origin === alertmanager.url || request.origin === relay.url)
      requests.push(`${request.method} ${request.path}`)
  }
  const created = channel('undici:request:create')
  created.subscribe(note)
  t.after(() => created.unsubscribe(note))

  const run = async (env: string) => {
    const said: string[] = []
    const faults = await sendTestAlerts({
      bot: mcbot,
      folder,
      env,
      alertmanager: alertmanager.url,
      relay: relay.url,
      say: (line) => said.push(line),
      endpoints: { telegram: channels.url },
    })
    assert.doesNotMatch([...faults, ...said].join('\n'), /secret_token|secret-hook/, 'no secret is shown')
    return { faults, said }
  }
  return { folder, channels, run, asked: () => requests }
}
