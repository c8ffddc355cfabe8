import assert from 'node:assert/strict'
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { closedToServers } from '../../generators/commands/permissions.ts'
import { prepare, secretFiles } from '../../generators/commands/prepare.ts'
import { envValues, readDotenv } from '../../generators/stack/dotenv.ts'
import { put, stackFolder } from './stack-folder.ts'

const secrets = [
  'telegram-bot-token',
  'telegram-chat-live',
  'discord-webhook-paper',
  'discord-webhook-live',
  'dead-mans-switch-url',
]
const envOf = (folder: string) => envValues(readDotenv(readFileSync(join(folder, '.env'), 'utf8')))
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('the first run writes .env and empty secret files, readable only by the owner and the servers', async (t) => {
  const folder = await stackFolder(t)
  const written = await prepare(mcbot, folder, null)
  assert.deepEqual(
    written.map((path) => relative(folder, path)),
    ['.env', ...secrets.map((name) => `secrets/alertmanager/${name}`)],
  )
  assert.deepEqual(
    ['.env', 'secrets', 'secrets/alertmanager', 'secrets/alertmanager/telegram-bot-token'].map((path) =>
      modeOf(join(folder, path)),
    ),
    ['600', '700', '755', '644'],
  )
  const env = readFileSync(join(folder, '.env'), 'utf8')
  assert.match(
    env,
    /^# The settings of this stack are yours: `make up` wrote this file once and never changes it\.\n\n# Grafana's/,
  )
  assert.doesNotMatch(env, /do not edit/)
  const { GRAFANA_PASSWORD, ...others } = Object.fromEntries(envOf(folder))
  assert.match(GRAFANA_PASSWORD ?? '', /^[\w-]{32}$/)
  assert.deepEqual(others, {
    BOT_IMAGE: '',
    BOT_TARGET: '',
    COMPOSE_PROFILES: 'paper-bot-as-paper,bot-from-image',
  })
})

test('existing files are never overwritten', async (t) => {
  const folder = await stackFolder(t)
  await prepare(mcbot, folder, null)
  const env = join(folder, '.env')
  const token = join(folder, 'secrets/alertmanager/telegram-bot-token')
  writeFileSync(env, 'MINE=1\n')
  writeFileSync(token, '1:mine\n')
  rmSync(join(folder, 'secrets/alertmanager/telegram-chat-live'))
  chmodSync(token, 0o604)

  assert.deepEqual(
    (await prepare(mcbot, folder, null)).map((path) => relative(folder, path)),
    ['secrets/alertmanager/telegram-chat-live'],
  )
  assert.equal(readFileSync(env, 'utf8'), 'MINE=1\n')
  assert.equal(readFileSync(token, 'utf8'), '1:mine\n')
  assert.equal(modeOf(token), '604')
})

test('two stacks have different passwords', async (t) => {
  const passwords = await Promise.all(
    [1, 2].map(async () => {
      const folder = await stackFolder(t)
      await prepare(mcbot, folder, null)
      return envOf(folder).get('GRAFANA_PASSWORD')
    }),
  )
  assert.notEqual(passwords[0], passwords[1])
})

for (const path of ['/srv/botwatch', "/srv/my bots #2/it's $HOME"])
  test(`a folder elsewhere gets the path to the paper bot: ${path}`, async (t) => {
    const folder = await stackFolder(t)
    await prepare(mcbot, folder, path)
    assert.equal(envOf(folder).get('BOTWATCH_FOLDER'), path)
  })

test('white space alone is not a secret', async (t) => {
  const folder = await stackFolder(t)
  await prepare(mcbot, folder, null)
  put(join(folder, 'secrets/alertmanager/telegram-bot-token'), ' \n')
  put(join(folder, 'secrets/alertmanager/discord-webhook-live'), 'https://example.org\n')
  assert.deepEqual(
    (await secretFiles(mcbot, folder)).filter(({ isEmpty }) => !isEmpty).map(({ name }) => name),
    ['discord-webhook-live'],
  )
})

test('a file that the servers cannot read is found before they start', async (t) => {
  const folder = await stackFolder(t)
  await prepare(mcbot, folder, null)
  assert.deepEqual(await closedToServers(folder, 'linux'), [])
  chmodSync(join(folder, 'prometheus/alerts.yml'), 0o600)
  chmodSync(join(folder, 'secrets/alertmanager/telegram-bot-token'), 0o600)
  assert.deepEqual(await closedToServers(folder, 'linux'), [
    `${folder}/prometheus/alerts.yml (and 1 more) is not readable by other users, but the servers run as their own users: run \`chmod -R o+rX ${folder}/prometheus ${folder}/alertmanager ${folder}/grafana ${folder}/secrets/alertmanager\`; the folder ${folder}/secrets itself still keeps others out.`,
  ])
  assert.deepEqual(await closedToServers(folder, 'darwin'), [], 'an engine in a virtual machine maps users')
})
