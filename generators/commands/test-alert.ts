import { randomBytes } from 'node:crypto'
import type { Bot } from '../../definitions/language/bot.ts'
import { type Severity, severities } from '../../definitions/language/severity.ts'
import type { Channel } from '../../definitions/language/stack.ts'
import { command } from '../command-line/command.ts'
import { testAlertName } from '../stack/quiet.ts'
import { relayChannel } from '../stack/relay.ts'
import { channelsOf, secretsFor } from '../stack/secrets.ts'
import { countText } from '../text/count-text.ts'
import { type PostedAlert, post, relayTries, switchTries, type Tries } from './alertmanager-api.ts'
import { type ChannelEndpoints, channelProblem, publicEndpoints } from './channels.ts'
import { outputOptions } from './chosen-bots.ts'
import { composeWithEnvFile } from './env-file.ts'
import { environmentProblem } from './environment-problem.ts'
import { tellFilled } from './filled-channels.ts'
import { type SecretFile, secretFiles } from './prepare.ts'
import { readStack } from './stack-config.ts'
import { type BotStack, eachStack } from './stacks.ts'

/** `botwatch test-alert`: sends a real message of each severity to the configured channels, and reports what is wrong. */
export const testAlertCommand = command({
  parameters: outputOptions,
  run: (given, streams) => eachStack(given, streams, testStack),
})

async function testStack(stack: BotStack): Promise<readonly string[]> {
  const own = await composeWithEnvFile(stack)
  if ('problems' in own) return own.problems
  const { bot, folder, say } = stack
  const config = await readStack(own.compose, folder)
  if ('wrong' in config) return [config.wrong]
  const { alertmanager, relay } = config.addresses
  if (alertmanager === undefined || relay === undefined)
    return ['this is a bug in botwatch: the stack does not publish the ports of Alertmanager and the relay']
  const wrong = await tellFilled(bot, folder, alertmanager)
  if (wrong.length > 0) return wrong
  return sendTestAlerts({ bot, folder, env: config.env, alertmanager, relay, say })
}

interface TestAlertOptions {
  readonly bot: Bot
  /** The bot's folder in the output. */
  readonly folder: string
  /** The environment that runs; others are tested if they have a secret. */
  readonly env: string
  /** Base URL of Alertmanager, on loopback. */
  readonly alertmanager: string
  /** Base URL of the relay, on loopback. */
  readonly relay: string
  readonly say: (line: string) => void
  readonly endpoints?: ChannelEndpoints
  /** Milliseconds within which the relay must have tried each channel; 150,000 by default, since Alertmanager sends nothing for a while after its start. */
  readonly within?: number
}

/** Sends the test alerts of each environment and waits for their delivery; returns what is wrong, one sentence each. */
export async function sendTestAlerts(options: TestAlertOptions): Promise<readonly string[]> {
  const problem = environmentProblem(options, options.env)
  if (problem.length > 0) return problem
  const secrets = await secretFiles(options.bot, options.folder)
  const others = Object.keys(options.bot.environments).filter(
    (env) => env !== options.env && ownSecrets(secrets, env).some(({ isEmpty }) => !isEmpty),
  )
  const problems: string[] = []
  for (const env of [options.env, ...others]) problems.push(...(await testEnvironment(options, env, secrets)))
  return [...problems, ...(await outside(options, secrets))]
}

const ownSecrets = (secrets: readonly SecretFile[], env: string) =>
  secrets.filter(({ envs }) => envs.length === 1 && envs[0] === env)

interface Told {
  readonly channel: Channel
  readonly files: readonly SecretFile[]
  readonly severities: readonly Severity[]
}

async function testEnvironment(
  options: TestAlertOptions,
  env: string,
  secrets: readonly SecretFile[],
): Promise<readonly string[]> {
  const { bot, alertmanager, relay, say } = options
  const all: readonly Told[] = channelsOf(bot, env).map((channel) => ({
    channel,
    files: secrets.filter((secret) => secretsFor(channel, env).includes(secret.name)),
    severities: severities.filter((severity) => bot.environments[env]?.tell[severity].includes(channel)),
  }))
  if (all.length === 0)
    return [`${env}: no channel receives any alert: name one under \`tell\` in the bot's environments.`]
  const before = await relayTries(relay)
  if ('wrong' in before) return [before.wrong]
  const told = all.filter(({ files }) => files.every((file) => !file.isEmpty))
  const heard = new Set(told.flatMap((one) => one.severities))
  const lost: string[] = []
  for (const one of all.filter((one) => !told.includes(one))) {
    const line = `${env}: ${one.channel}: ${await channelProblem(one, options.endpoints ?? publicEndpoints, null)}`
    // an unused channel is not a problem, as long as another channel receives what it would have received
    if (one.severities.every((severity) => heard.has(severity))) say(line)
    else lost.push(line)
  }
  if (told.length === 0) return lost

  const sent = alertsOf(bot, env, [...heard])
  const aborted = await post(alertmanager, sent)
  if (aborted !== null) return [aborted.wrong]
  say(
    `${env}: sent a test alert of each severity (${sent.map(({ labels }) => labels['severity']).join(', ')}); waiting for the channels`,
  )
  const results = await Promise.all(
    told.map(async (one) => ({
      one,
      found: await resultOf(options, one, env, before(relayChannel(one.channel, env))),
    })),
  )
  // The test alerts end immediately, so that nothing is left firing.
  await post(
    alertmanager,
    sent.map((alert) => ({ ...alert, endsAt: new Date().toISOString() })),
  )
  for (const { one, found } of results) if (found === null) say(`${env}: ${one.channel}: ${deliveredTo(one)}`)
  return [...lost, ...results.flatMap(({ one, found }) => (found === null ? [] : [`${env}: ${one.channel}: ${found}`]))]
}

const deliveredTo = ({ severities: of }: Told) => `${countText(of.length, 'message')} delivered (${of.join(', ')})`

/** What is wrong with a channel; null once the relay has delivered all of its messages. */
async function resultOf(options: TestAlertOptions, one: Told, env: string, before: Tries): Promise<string | null> {
  const { endpoints = publicEndpoints } = options
  const problem = await channelProblem(one, endpoints, null)
  if (problem !== null) return problem
  const tries = await triesWithin(options, one, env, before)
  if (tries.good >= one.severities.length) return null
  return (
    (await channelProblem(
      one,
      endpoints,
      'A test by `make test-alert`, sent directly rather than through the relay.',
    )) ??
    `this machine can reach it but the relay cannot (${tries.good} of ${one.severities.length} messages delivered, ${tries.bad} attempts failed): see \`docker compose logs relay alertmanager\` in ${options.folder}.`
  )
}

function alertsOf(bot: Bot, env: string, of: readonly Severity[]): readonly PostedAlert[] {
  // Unique each time: a second test must not wait for the cooldown of the first.
  const instance = `test-${randomBytes(3).toString('hex')}`
  const now = Date.now()
  return of.map((severity) => ({
    // not muted while Prometheus is silent
    labels: { alertname: testAlertName, bot: bot.name, env, instance, severity, evaluator: 'test-alert' },
    annotations: {
      summary: `Test alert with severity ${severity}: nothing is wrong.`,
      resolved: `The test alert with severity ${severity} is over.`,
      description: 'Sent by `make test-alert` to check that messages arrive.',
      steps: '1. Nothing to do: messages reach this channel.',
    },
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 5 * 60_000).toISOString(),
  }))
}

/** Longer than the routes let a message wait for others. */
const routeWait = 15_000

/** The result of one channel's messages: all delivered, one failed, or the time is up. */
async function triesWithin(
  { relay, within = 150_000 }: TestAlertOptions,
  { channel, severities: wanted }: Told,
  env: string,
  before: Tries,
): Promise<Tries> {
  const started = Date.now()
  let end = started + within
  for (;;) {
    const now = await relayTries(relay)
    const is = 'wrong' in now ? before : now(relayChannel(channel, env))
    const tries = { good: is.good - before.good, bad: is.bad - before.bad }
    if (tries.good >= wanted.length || Date.now() > end) return tries
    // the relay retries what failed, with growing pauses; a failure that shows immediately belongs to another message.
    if (tries.bad > 0) end = Math.min(end, Math.max(started + routeWait, Date.now() + 5000))
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** Whether the external dead man's switch receives the watchdog, as far as Alertmanager has tried. */
async function outside({ alertmanager }: TestAlertOptions, secrets: readonly SecretFile[]): Promise<readonly string[]> {
  const secret = secrets.find(({ channel }) => channel === 'dead-mans-switch')
  if (secret === undefined) return []
  if (secret.isEmpty)
    return [
      `dead man's switch: not configured, so if this machine dies nobody is notified: put ${secret.what} in ${secret.path}.`,
    ]
  const { good, bad } = await switchTries(alertmanager)
  return good === 0 && bad > 0
    ? [`dead man's switch: Alertmanager has tried ${bad} times without reaching the URL in ${secret.path}.`]
    : []
}
