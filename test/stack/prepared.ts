import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Bot } from '../../definitions/language/bot.ts'
import { freePort } from '../../demo/servers/port.ts'
import {
  type Compose,
  engineProblem,
  findCompose,
  lastLine,
  runCompose,
} from '../../generators/commands/docker-compose.ts'
import { prepare } from '../../generators/commands/prepare.ts'
import { readStack } from '../../generators/commands/stack-config.ts'
import { paperBotFolder } from '../../generators/commands/stacks.ts'
import { bringUp } from '../../generators/commands/up.ts'
import { keepsLogs } from '../../generators/stack/logs.ts'
import { until } from '../live/prometheus-api.ts'
import { logServices } from './log-services.ts'

/** The stack under test, once its folder is prepared. */
export interface EngineStack {
  readonly compose: Compose
  readonly folder: string
  readonly env: ReturnType<typeof settingsFile>
  readonly prometheus: string
  readonly alertmanager: string
  readonly relay: string
  /** Starts it and returns what is printed. */
  readonly up: (isFirst?: boolean) => Promise<readonly string[]>
}

/** Docker Compose with an engine that answers. */
export async function engine(): Promise<Compose> {
  const compose = await findCompose()
  if ('wrong' in compose) throw new Error(compose.wrong)
  const fault = await engineProblem(compose, '.')
  if (fault !== null) throw new Error(fault.wrong)
  return compose
}

/** Removes all that a project started. */
export async function takenDown(compose: Compose, project: string): Promise<void> {
  const ran = await runCompose(compose, '.', [
    '--project-name',
    project,
    'down',
    '--volumes',
    '--rmi',
    'local',
    '--timeout',
    '5',
  ])
  assert.equal(ran.code, 0, ran.stderr)
  const left = await runCompose(compose, '.', ['--project-name', project, 'ps', '--all', '--quiet'])
  assert.equal(left.stdout, '')
}

/** Prepares the folder of a bot's stack: free ports, and the services that this machine can start. */
export async function preparedStack(
  t: TestContext,
  compose: Compose,
  { bot, folder, project }: { readonly bot: Bot; readonly folder: string; readonly project: string },
): Promise<EngineStack> {
  const env = settingsFile(folder)
  const logs = keepsLogs(bot)
  await prepare(bot, folder, paperBotFolder(bot.name) as string)
  env.add(`COMPOSE_PROJECT_NAME=${project}`)
  for (const name of [
    'BOT',
    'PROMETHEUS',
    'ALERTMANAGER',
    'RELAY',
    'GRAFANA',
    'NODE_EXPORTER',
    ...(logs ? ['VICTORIA_LOGS'] : []),
  ])
    env.add(`${name}_PORT=${await freePort()}`)
  const services = [
    'paper-bot',
    'bot',
    'prometheus',
    'alertmanager',
    'relay',
    'node-exporter',
    ...(logs ? await logServices(compose, folder, bot) : []),
    ...(await grafana(t, compose, folder, bot)),
  ]
  if (!(await readsTypeScript(compose, folder))) env.add('BOT_NODE_OPTIONS=--import tsx')
  const up = async (isFirst = false) => {
    const said: string[] = []
    const stack = { bot, folder, compose, say: (line: string) => said.push(line) }
    const problems = await bringUp(stack, { within: 60_000, only: services })
    // an engine that does not know this machine's name cannot scrape it before HOST_GATEWAY is set
    if (!isFirst || problems.length === 0) assert.deepEqual(problems, [])
    return said
  }
  const config = await readStack(compose, folder)
  assert.ok(!('wrong' in config), JSON.stringify(config))
  const { prometheus = '', alertmanager = '', relay = '' } = config.addresses
  return { compose, folder, env, prometheus, alertmanager, relay, up }
}

/** Grafana, if its image is available; if not, that is reported. */
async function grafana(t: TestContext, compose: Compose, folder: string, bot: Bot): Promise<readonly string[]> {
  const pulled = await runCompose(compose, folder, ['pull', '--policy', 'missing', 'grafana'])
  if (pulled.code === 0) return ['grafana']
  t.diagnostic(`Grafana is LEFT OUT: ${bot.stack.images.grafana} is not available here (${lastLine(pulled.stderr)})`)
  return []
}

/** Whether the image's Node.js runs TypeScript natively, as the pinned one does. */
async function readsTypeScript(compose: Compose, folder: string): Promise<boolean> {
  const ran = await runCompose(compose, folder, [
    ...['run', '--rm', '--no-deps', '-T', 'paper-bot', 'node', '-p', 'process.features.typescript??false'],
  ])
  assert.equal(ran.code, 0, ran.stderr)
  return ran.stdout.trim() !== 'false'
}

/** Job, bot, environment and instance of each target, once all are up and that of the bot has this instance. */
export function scrapedTargets(
  prometheus: string,
  { bot, instance, count }: { readonly bot: string; readonly instance: string; readonly count: number },
): Promise<readonly string[]> {
  return until(`all targets up, and the bot called ${instance}`, 90_000, async () => {
    const answer = (await (await fetch(`${prometheus}/api/v1/targets`)).json()) as {
      data: { activeTargets: { health: string; labels: Record<string, string> }[] }
    }
    const { activeTargets: all } = answer.data
    const isThere = all.some(({ labels }) => labels['job'] === bot && labels['instance'] === instance)
    if (!isThere || all.length !== count || all.some(({ health }) => health !== 'up')) return null
    return all.map(({ labels: l }) => `${l['job']} ${l['bot']} ${l['env']} ${l['instance']}`).sort()
  })
}

/** Changes the stack's `.env` as its owner would. */
function settingsFile(folder: string) {
  const path = join(folder, '.env')
  return {
    text: () => readFileSync(path, 'utf8'),
    add: (line: string) => appendFileSync(path, `${line}\n`),
    set: (name: string, value: string) =>
      writeFileSync(path, readFileSync(path, 'utf8').replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`)),
  }
}
