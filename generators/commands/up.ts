import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { command } from '../command-line/command.ts'
import { outputOptions } from './chosen-bots.ts'
import { runCompose, streamCompose } from './docker-compose.ts'
import { environmentProblem } from './environment-problem.ts'
import { unreachableSeverities, watchedEnvironments, writeFilled } from './filled-channels.ts'
import { hostName, hostViewFrom } from './gateway.ts'
import { closedToServers } from './permissions.ts'
import { prepare, type SecretFile, secretFiles } from './prepare.ts'
import { reload } from './reload.ts'
import { readStack, type StackConfig } from './stack-config.ts'
import { type BotStack, eachStack, paperBotFolder } from './stacks.ts'

/** `botwatch up`: starts the generated stacks, and creates passwords and secret files that are missing. */
export const upCommand = command({
  parameters: outputOptions,
  run: (given, streams) => eachStack(given, streams, bringUp),
})

/** Starts one stack and prints its addresses; returns what is wrong, one sentence each. `only` names services; the default is all. */
export async function bringUp(stack: BotStack, only: readonly string[] = []): Promise<readonly string[]> {
  const { bot, folder, compose, say } = stack
  if (!existsSync(join(folder, 'docker-compose.yaml')))
    return [`${folder} has no docker-compose.yaml: run \`make generate\` first.`]
  const repository = paperBotFolder(bot.name)
  // The default in docker-compose.yaml is two levels up.
  const isUsual = repository !== null && resolve(folder, '../..') === repository
  for (const path of await prepare(bot, folder, isUsual ? null : repository)) say(`wrote ${path}`)
  await writeFilled(bot, folder)

  const config = await readStack(compose, folder)
  if ('wrong' in config) return [config.wrong]
  const problems = [...problemsOf(stack, config, repository), ...(await closedToServers(folder))]
  if (problems.length > 0) return problems

  const secrets = await secretFiles(bot, folder)
  for (const line of unsaid(secrets, watchedEnvironments(bot, config.env))) say(line)
  for (const line of unreachableSeverities(bot, config.env, secrets)) say(line)
  const replaced = ['paper-bot', 'bot'].filter((service) => !config.services.includes(service))
  // Compose leaves a service whose profile is inactive as it is: it would keep its port, and be scraped instead of the other.
  await runCompose(compose, folder, [
    '--profile',
    'paper',
    '--profile',
    'image',
    'rm',
    '--stop',
    '--force',
    ...replaced,
  ])
  const services = only.filter((service) => config.services.includes(service))
  if ((await streamCompose(compose, folder, composeUp(services))) !== 0)
    return [
      `not all of the stack of ${bot.name} started: see the output of Docker Compose above, and \`docker compose logs\` in ${folder}.`,
    ]
  for (const line of addresses(config, services)) say(line)
  for (const line of await gateway(stack, config)) say(line)
  for (const line of reminder(secrets)) say(line)
  const { alertmanager } = config.addresses
  // one that was already running has not read it
  return alertmanager !== undefined && (services.length === 0 || services.includes('alertmanager'))
    ? reload('Alertmanager', alertmanager, folder)
    : []
}

/** Compose would wait forever for a container that keeps exiting. */
const composeUp = (services: readonly string[]) => [
  'up',
  '--detach',
  '--wait',
  '--wait-timeout',
  '180',
  '--remove-orphans',
  ...services,
]

/** Settings in `.env` that cannot work, checked before anything is started. */
function problemsOf({ bot, folder }: BotStack, config: StackConfig, repository: string | null): readonly string[] {
  const env = join(folder, '.env')
  const problems: string[] = [...environmentProblem({ bot, folder }, config.env)]
  if (!/^[^\s/:]+:\d+$|^\[[^\]]+\]:\d+$/.test(config.target))
    problems.push(
      `${env}: BOT_TARGET is '${config.target}', expected host:port, such as host.docker.internal:${bot.port}.`,
    )
  else if (/^(localhost|127\.|\[::1\])/.test(config.target))
    problems.push(
      `${env}: BOT_TARGET is '${config.target}', which inside Prometheus' container is the container itself; for a process on this machine use host.docker.internal:${config.target.split(':').at(-1)}.`,
    )
  if (config.services.includes('paper-bot') && repository === null)
    problems.push(
      `${env}: ${bot.name} has no paper bot, so there is nothing to monitor: name the real one in BOT_IMAGE or BOT_TARGET.`,
    )
  return problems
}

/** What will send nothing, one line for each secret that is still empty. */
function unsaid(secrets: readonly SecretFile[], watched: readonly string[]): readonly string[] {
  return secrets
    .filter(({ isEmpty, envs }) => isEmpty && envs.some((env) => watched.includes(env)))
    .map(({ channel, what, path }) => `${channel} is not configured and will send nothing: put ${what} in ${path}`)
}

function addresses(
  { addresses: at, env, target, image, services }: StackConfig,
  only: readonly string[],
): readonly string[] {
  const runs = (service: string) => services.includes(service) && (only.length === 0 || only.includes(service))
  const bot = runs('paper-bot') ? 'the paper bot' : runs('bot') ? image : target
  const titles = [
    ['grafana', 'Grafana', ', user admin, password in .env'],
    ['prometheus', 'Prometheus', ''],
    ['alertmanager', 'Alertmanager', ''],
    ['node-exporter', 'node exporter', ''],
    ['paper-bot', 'bot', '/metrics'],
    ['bot', 'bot', '/metrics'],
  ] as const
  return [
    `monitoring ${bot} as ${env}`,
    ...titles
      .filter(([service]) => runs(service))
      .map(([service, title, more]) => `  ${title.padEnd(14)}${at[service]}${more}`),
  ]
}

/** Where a bot on this machine must listen so that Prometheus reaches it; nothing if the target is elsewhere. */
async function gateway({ compose, folder }: BotStack, { target }: StackConfig): Promise<readonly string[]> {
  if (!target.startsWith(`${hostName}:`)) return []
  const port = target.slice(hostName.length + 1)
  const { address, isKnown, isOwn } = await hostViewFrom(compose, folder, 'prometheus')
  if (!isKnown)
    return [
      `this engine does not resolve ${hostName}: set HOST_GATEWAY=${address ?? "(this machine's address as seen by containers)"} in ${join(folder, '.env')} and run \`make up\` again`,
    ]
  return [
    isOwn
      ? `gateway ${address}: the bot must listen on ${address}:${port} or on all addresses`
      : `gateway ${address}: this address belongs to the engine's virtual machine, which forwards to this machine; with Docker Desktop the bot may listen on 127.0.0.1:${port}`,
  ]
}

function reminder(secrets: readonly SecretFile[]): readonly string[] {
  const outside = secrets.find(({ channel }) => channel === 'dead-mans-switch')
  if (outside === undefined) return ["no dead man's switch: if this machine dies, nobody is notified"]
  return outside.isEmpty
    ? [
        `the dead man's switch is not configured: if this machine dies, nobody is notified; put ${outside.what} in ${outside.path}`,
      ]
    : []
}
