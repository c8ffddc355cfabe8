import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { freePort } from '../../demo/servers/port.ts'
import { channelProblem } from '../../generators/commands/channels.ts'
import { prepare, secretFiles } from '../../generators/commands/prepare.ts'
import { type Channels, startChannels } from './channels-stand-in.ts'
import { stackFolder, tell } from './stack-folder.ts'

type Wrong = (right: Channels) => Readonly<Record<string, string>>
const table: readonly (readonly [
  what: string,
  channel: 'telegram' | 'discord',
  mood: Channels['mood'],
  wrong: Wrong,
  fault: string | null,
])[] = [
  ['all is right on Telegram', 'telegram', 'well', () => ({}), null],
  ['all is right on Discord', 'discord', 'well', () => ({}), null],
  [
    'another token',
    'telegram',
    'well',
    () => ({ 'telegram-bot-token': '4242:AAE-other' }),
    'the token in TOKEN is wrong: Telegram does not recognise it. Get it from @BotFather.',
  ],
  [
    'half a token',
    'telegram',
    'well',
    () => ({ 'telegram-bot-token': 'AAE-secret_token' }),
    'the token in TOKEN is wrong: Telegram does not recognise it. Get it from @BotFather.',
  ],
  [
    'no token',
    'telegram',
    'well',
    () => ({ 'telegram-bot-token': '' }),
    "not configured: put the Telegram bot's token from @BotFather in TOKEN.",
  ],
  [
    'another chat',
    'telegram',
    'well',
    () => ({ 'telegram-chat-live': '-1002' }),
    "the chat in CHAT is wrong: Telegram's bot cannot see it. Send the bot a message or add it to the group, then check the id again.",
  ],
  [
    'a name of a chat',
    'telegram',
    'well',
    () => ({ 'telegram-chat-live': '@alerts' }),
    'the chat in CHAT is not a number: Alertmanager accepts only the numeric id of a chat, such as -1001234567890.',
  ],
  [
    'a chat that blocked the bot',
    'telegram',
    'forbidden',
    () => ({}),
    "Telegram's bot may not write to the chat in CHAT: it was blocked or removed, or the chat was never started.",
  ],
  [
    'too many messages on Telegram',
    'telegram',
    'limited',
    () => ({}),
    "Telegram is rate limiting and accepts no messages for 7 s, with the secret in CHAT: 'Too Many Requests: retry after 7'. Wait, then try again.",
  ],
  [
    'a webhook that is gone',
    'discord',
    'well',
    ({ url }) => ({ 'discord-webhook-live': `${url}/api/webhooks/78/secret-hook` }),
    "the webhook in HOOK is wrong or was deleted. Copy it again from the channel's settings.",
  ],
  [
    'half a webhook',
    'discord',
    'well',
    ({ webhook }) => ({ 'discord-webhook-live': webhook.slice(0, -3) }),
    "the webhook in HOOK is wrong or was deleted. Copy it again from the channel's settings.",
  ],
  [
    'no URL',
    'discord',
    'well',
    () => ({ 'discord-webhook-live': 'secret-hook' }),
    "the webhook in HOOK is not a URL: copy all of it from the channel's settings, Integrations, Webhooks.",
  ],
  [
    'no webhook',
    'discord',
    'well',
    () => ({ 'discord-webhook-live': '' }),
    'not configured: put the URL of the Discord webhook for live in HOOK.',
  ],
  [
    'too many messages on Discord',
    'discord',
    'limited',
    () => ({}),
    "Discord is rate limiting and accepts no messages for 2 s, with the secret in HOOK: 'You are being rate limited.'. Wait, then try again.",
  ],
]

for (const [what, channel, mood, wrong, fault] of table)
  test(`the channel's own answer: ${what}`, async (t) => {
    const channels = await startChannels()
    t.after(channels.close)
    channels.mood = mood
    const said = await asked(await folderWith(t, { ...rightOf(channels), ...wrong(channels) }), channel, channels.url)
    assert.equal(said, fault)
    assert.doesNotMatch(said ?? '', /secret_token|secret-hook|AAE/, 'no secret is shown')
    assert.equal(channels.taken.length, fault === null ? 1 : 0)
  })

test('a channel that cannot be reached is reported without its secret', async (t) => {
  const nobody = `http://127.0.0.1:${await freePort()}`
  const folder = await folderWith(t, {
    'telegram-bot-token': '4242:AAE-secret_token',
    'telegram-chat-live': '1',
    'discord-webhook-live': `${nobody}/api/webhooks/77/secret-hook`,
  })
  assert.equal(
    await asked(folder, 'telegram', nobody),
    'Telegram cannot be reached from this machine (ECONNREFUSED), with the secret in CHAT.',
  )
  assert.equal(
    await asked(folder, 'discord', nobody),
    'Discord cannot be reached from this machine (ECONNREFUSED), with the secret in HOOK.',
  )
})

const rightOf = (channels: Channels) => ({
  'telegram-bot-token': `${channels.token}\n`,
  'telegram-chat-live': `${channels.chat}\n`,
  'discord-webhook-live': `${channels.webhook}\n`,
})

async function folderWith(t: Parameters<typeof stackFolder>[0], secrets: Readonly<Record<string, string>>) {
  const folder = await stackFolder(t)
  await prepare(mcbot, folder, null)
  tell(folder, secrets)
  return folder
}

async function asked(folder: string, channel: 'telegram' | 'discord', telegram: string): Promise<string | null> {
  const files = (await secretFiles(mcbot, folder)).filter((one) => one.channel === channel && one.envs.includes('live'))
  const said = await channelProblem({ channel, files }, { telegram }, 'a test')
  const path = (name: string) => join(folder, 'secrets/alertmanager', name)
  return (
    said
      ?.replace(path('telegram-bot-token'), 'TOKEN')
      .replace(path('telegram-chat-live'), 'CHAT')
      .replace(path('discord-webhook-live'), 'HOOK') ?? null
  )
}
