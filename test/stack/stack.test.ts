import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { stringify } from 'yaml'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { applyTo } from '../../generators/commands/apply.ts'
import { type Compose, runCompose } from '../../generators/commands/docker-compose.ts'
import { tellFilled } from '../../generators/commands/filled-channels.ts'
import { hostViewFrom } from '../../generators/commands/gateway.ts'
import { paperBotFolder } from '../../generators/commands/stacks.ts'
import { sendTestAlerts } from '../../generators/commands/test-alert.ts'
import { startChannels } from '../commands/channels-stand-in.ts'
import { stackFolder, tell } from '../commands/stack-folder.ts'
import { until } from '../live/prometheus-api.ts'
import { startBotOnHost } from './bot-on-host.ts'
import { type EngineStack, engine, preparedStack, scrapedTargets, takenDown } from './prepared.ts'

const repository = paperBotFolder(mcbot.name) as string

test('the generated stack on a container engine', async (t) => {
  const compose = await engine()
  // A separate project name: a stack that already runs here is left alone, and only this one is taken down.
  const project = `botwatch-test-${process.pid}`
  t.after(() => takenDown(compose, project))
  const folder = await stackFolder(t)

  await t.test('without .env, `docker compose up` stops with one sentence and starts nothing', () =>
    stopsWithoutEnv(compose, folder),
  )

  const stack = await preparedStack(t, compose, { bot: mcbot, folder, project })

  await t.test('it starts healthy with the paper bot, and each target is up', () => comesUp(stack))

  await t.test('every rule is loaded and healthy, and a reload picks up files renamed into place', () =>
    loadsRules(stack),
  )

  const outside = await startOutside(t, stack)

  await t.test('an alert of each severity is delivered with the generated configuration', () =>
    delivers(stack, outside),
  )

  await t.test('BOT_TARGET: a process on this machine, reached through the gateway that is printed', (t) =>
    watchesThisMachine(t, stack, outside),
  )

  await t.test("BOT_IMAGE: the owner's image in place of the paper bot", () => watchesImage(stack))

  await t.test("the external dead man's switch receives the watchdog", async () => {
    const pings = () =>
      outside.channels.taken.filter(({ channel, text }) => channel === 'webhook' && text.includes('Watchdog'))
    await until('a call of the dead man’s switch', 120_000, async () => (pings().length > 0 ? true : null))
  })
})

/** This machine as containers reach it. */
interface Outside {
  readonly channels: Awaited<ReturnType<typeof startChannels>>
  /** The address of this machine as seen by containers. */
  readonly address: string
  /** Where a server on this machine must listen so that they reach it. */
  readonly host: string
}

async function stopsWithoutEnv(compose: Compose, folder: string): Promise<void> {
  const ran = await runCompose(compose, folder, ['up', '--detach'])
  assert.notEqual(ran.code, 0)
  assert.match(ran.stderr.trim(), /^[^\n]*no password yet: run `make up BOT=mcbot` in the repository[^\n]*$/)
}

async function comesUp({ up, prometheus }: EngineStack): Promise<void> {
  const said = await up()
  assert.ok(said.includes('monitoring the paper bot as paper'), said.join('\n'))
  assert.ok(
    said.some((line) => /^discord is not configured and will send nothing: put .*discord-webhook-paper$/.test(line)),
  )
  assert.ok(said.some((line) => line.startsWith("the dead man's switch is not configured")))
  assert.deepEqual(await scrapedTargets(prometheus, { bot: 'mcbot', instance: 'mcbot', count: 5 }), [
    'alertmanager mcbot paper alertmanager',
    'mcbot mcbot paper mcbot',
    'node-exporter mcbot paper node-exporter',
    'prometheus mcbot paper prometheus',
    'relay mcbot paper relay',
  ])
}

async function loadsRules({ folder, prometheus, alertmanager }: EngineStack): Promise<void> {
  const said: string[] = []
  const options = { folder, env: 'paper', prometheus, alertmanager, say: (line: string) => said.push(line) }
  assert.deepEqual(await applyTo(options), [])
  const alerts = join(folder, 'prometheus/alerts.yml')
  await replace(alerts, readFileSync(alerts, 'utf8').replace('alert: BotDown', 'alert: BotGone'))
  said.length = 0
  assert.deepEqual(await applyTo(options), [])
  assert.deepEqual(said.slice(1, -1).sort(), ['  + mcbot-critical: alert BotGone', '  - mcbot-critical: alert BotDown'])
}

async function startOutside(t: TestContext, { compose, folder }: EngineStack): Promise<Outside> {
  const seen = await hostViewFrom(compose, folder, 'prometheus')
  assert.ok(seen.address !== null, 'the engine gives containers no address of this machine')
  const host = seen.isOwn ? seen.address : '127.0.0.1'
  const channels = await startChannels(host)
  t.after(channels.close)
  return { channels, address: seen.address, host }
}

async function delivers({ folder, alertmanager, relay }: EngineStack, { channels, address }: Outside): Promise<void> {
  const reached = `http://${address}:${channels.port}`
  tell(folder, {
    'discord-webhook-paper': `${reached}/api/webhooks/77/secret-hook`,
    'dead-mans-switch-url': `${reached}/ping`,
  })
  assert.deepEqual(await tellFilled(mcbot, folder, alertmanager), [])
  const faults = await sendTestAlerts({ bot: mcbot, folder, env: 'paper', alertmanager, relay, say: () => {} })
  assert.deepEqual(
    faults.filter((fault) => !fault.startsWith("dead man's switch")),
    [],
  )
  for (const severity of ['critical', 'warning', 'info'])
    assert.ok(
      channels.taken.some(({ text }) => text.includes(`Test alert with severity ${severity}`)),
      severity,
    )
}

async function watchesThisMachine(t: TestContext, stack: EngineStack, { address, host }: Outside): Promise<void> {
  const { compose, folder, env, prometheus, up } = stack
  const bot = await startBotOnHost(repository, host)
  t.after(bot.stop)
  env.set('BOT_TARGET', `host.docker.internal:${bot.port}`)
  env.add('BOT_INSTANCE=on-host')
  let said = await up(true)
  const wanted = /set (HOST_GATEWAY=\S+) in/.exec(said.join('\n'))?.[1]
  if (wanted === undefined) said = await up()
  else {
    t.diagnostic(`this engine needed ${wanted}`)
    env.add(wanted)
    said = await up()
  }
  assert.ok(said.includes(`monitoring host.docker.internal:${bot.port} as paper`), said.join('\n'))
  assert.ok(said.some((line) => line.startsWith(`gateway ${address}: `) && line.includes(`:${bot.port}`)))
  assert.ok(
    (await scrapedTargets(prometheus, { bot: 'mcbot', instance: 'on-host', count: 5 })).includes(
      'mcbot mcbot paper on-host',
    ),
  )
  assert.deepEqual(await running(compose, folder, ['paper-bot', 'bot']), [])
}

async function watchesImage({ compose, folder, env, prometheus, up }: EngineStack): Promise<void> {
  env.set('BOT_TARGET', '')
  env.set('BOT_IMAGE', mcbot.stack.images.node)
  env.add('BOT_INSTANCE=in-image')
  // What an owner writes: what the image needs to become their bot.
  writeFileSync(join(folder, 'docker-compose.override.yaml'), stringify({ services: { bot: ownersBot(env.text()) } }))
  const said = await up()
  assert.ok(said.includes(`monitoring ${mcbot.stack.images.node} as paper`), said.join('\n'))
  assert.ok(
    (await scrapedTargets(prometheus, { bot: 'mcbot', instance: 'in-image', count: 5 })).includes(
      'mcbot mcbot paper in-image',
    ),
  )
  assert.deepEqual(await running(compose, folder, ['paper-bot', 'bot']), ['bot'])
}

const everyProfile = ['--profile', '*']

async function running(compose: Compose, folder: string, of: readonly string[]): Promise<readonly string[]> {
  const ran = await runCompose(compose, folder, [...everyProfile, 'ps', '--services', '--status', 'running'])
  assert.equal(ran.code, 0, ran.stderr)
  return ran.stdout.split('\n').filter((service) => of.includes(service))
}

function ownersBot(env: string): object {
  const parts = ['definitions', 'runtime', 'demo', 'node_modules', 'package.json']
  return {
    working_dir: '/bot',
    command: ['node', 'demo/mcbot/main.ts'],
    environment: {
      HOST: '0.0.0.0',
      PORT: String(mcbot.port),
      NODE_OPTIONS: /^BOT_NODE_OPTIONS=(.*)$/m.exec(env)?.[1] ?? '',
    },
    volumes: parts.map((part) => `${join(repository, part)}:/bot/${part}:ro`),
  }
}

/** Like the writer: staged next to the folder, then renamed into place. */
async function replace(path: string, text: string): Promise<void> {
  const { rename, writeFile } = await import('node:fs/promises')
  const staged = join(path, '../../..', `staged-${process.pid}`)
  mkdirSync(join(staged, '..'), { recursive: true })
  await writeFile(staged, text)
  await rename(staged, path)
}
