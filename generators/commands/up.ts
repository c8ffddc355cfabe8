import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { command } from '../command-line/command.ts'
import { listText } from '../text/list-text.ts'
import { hasStartedSince } from './alertmanager-api.ts'
import { stackOptions } from './chosen-bots.ts'
import { beginDeployQuiet } from './deploy-quiet.ts'
import { runCompose } from './docker-compose.ts'
import { composeWithEnvFile } from './env-file.ts'
import { unreachableSeverities, watchedEnvironments, writeFilled } from './filled-channels.ts'
import { hostName, hostViewFrom } from './gateway.ts'
import { monitoringProblems } from './monitoring.ts'
import { closedToServers } from './permissions.ts'
import { prepare, type SecretFile, secretFiles } from './prepare.ts'
import { reload } from './reload.ts'
import { readStack, type StackConfig } from './stack-config.ts'
import { type BotStack, eachStack, paperBotFolder } from './stacks.ts'
import { startServices } from './start-services.ts'

/** `botwatch up`: starts the generated stacks, and creates passwords and secret files that are missing. */
export const upCommand = command({
  parameters: stackOptions,
  run: (given, streams) => eachStack(given, streams, (stack) => bringUp(stack, { within: given.within })),
})

interface UpOptions {
  /** Milliseconds that targets, rules and the bot may take to be up. */
  readonly within: number
  /** The services to start; the default is all. */
  readonly only?: readonly string[]
}

/** Starts one stack, prints its addresses and asks Prometheus whether all of it is monitored; returns what is wrong, one sentence each. */
export async function bringUp(given: BotStack, { within, only = [] }: UpOptions): Promise<readonly string[]> {
  const { bot, folder, say } = given
  if (!existsSync(join(folder, 'docker-compose.yaml')))
    return [`${folder} has no docker-compose.yaml: run \`make generate\` first.`]
  const repository = paperBotFolder(bot.name)
  // The default in docker-compose.yaml is two levels up.
  const isUsual = repository !== null && resolve(folder, '../..') === repository
  for (const path of await prepare(bot, folder, isUsual ? null : repository)) say(`wrote ${path}`)
  const own = await composeWithEnvFile(given)
  if ('problems' in own) return own.problems
  const { compose } = own
  const stack = { ...given, compose }
  await writeFilled(bot, folder)

  const config = await readStack(compose, folder)
  if ('wrong' in config) return [config.wrong]
  const problems = [...botProblem(stack, config, repository), ...(await closedToServers(folder))]
  if (problems.length > 0) return problems

  const secrets = await secretFiles(bot, folder)
  for (const line of unsaid(secrets, watchedEnvironments(bot, config.env))) say(line)
  for (const line of unreachableSeverities(bot, config.env, secrets)) say(line)
  const quiet = await beginDeployQuiet(stack, {
    alertmanager: config.addresses['alertmanager'],
    why: 'make up',
    within,
  })
  const found = await started(stack, config, secrets, { within, only })
  await quiet.end(found)
  return found
}

/** Replaces the services and asks Prometheus whether all of it is monitored; returns what is wrong, one sentence each. */
async function started(
  stack: BotStack,
  config: StackConfig,
  secrets: readonly SecretFile[],
  { within, only }: Required<UpOptions>,
): Promise<readonly string[]> {
  const { folder, compose, say } = stack
  const replaced = ['paper-bot', 'bot'].filter((service) => !config.services.includes(service))
  // Compose leaves a service whose profile is inactive as it is: it would keep its port, and be scraped instead of the other.
  await runCompose(compose, folder, ['--profile', '*', 'rm', '--stop', '--force', ...replaced])
  const services = only.filter((service) => config.services.includes(service))
  const since = Date.now()
  const failed = await startServices(stack, services.length === 0 ? config.services : services, services, within)
  if (failed.length > 0) return failed
  for (const line of addresses(config, services)) say(line)
  for (const line of await gateway(stack, config)) say(line)
  for (const line of reminder(secrets)) say(line)
  const { alertmanager, prometheus } = config.addresses
  // one that was already running has not read it; a new one would let the reload wait until it begins to send
  const isToReload =
    alertmanager !== undefined &&
    (services.length === 0 || services.includes('alertmanager')) &&
    !(await hasStartedSince(alertmanager, since))
  const rejected = isToReload ? await reload('Alertmanager', alertmanager, folder) : []
  if (rejected.length > 0 || prometheus === undefined) return rejected
  return monitoringProblems(stack, config, prometheus, within)
}

/** A bot that cannot run, or other services than those that follow from `.env`. */
function botProblem({ bot, folder }: BotStack, config: StackConfig, repository: string | null): readonly string[] {
  const env = join(folder, '.env')
  const runs = listText(config.services.filter((service) => service === 'paper-bot' || service === 'bot'))
  const isElsewhere = config.image === '' && config.target !== `bot:${bot.port}`
  const follows = config.image !== '' ? 'bot' : isElsewhere ? '' : 'paper-bot'
  if (follows === 'paper-bot' && repository === null)
    return [
      `${env}: ${bot.name} has no paper bot, so there is nothing to monitor: name the real one in BOT_IMAGE or BOT_TARGET.`,
    ]
  return runs === follows
    ? []
    : [
        `${join(folder, 'docker-compose.yaml')}: it would run ${runs === '' ? 'no bot' : runs}, but ${env} asks for ${follows === '' ? 'none, because BOT_TARGET names one elsewhere' : follows}: see the profiles in docker-compose.override.yaml.`,
      ]
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
