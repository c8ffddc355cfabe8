import { existsSync } from 'node:fs'
import { createMetrics, serve } from '../../runtime/index.ts'
import { type GivenUp, supervise, tellAlertmanager, watchdogMetrics } from '../../runtime/watchdog/index.ts'
import { command } from '../command-line/command.ts'
import { checkedText, duration, file, httpUrl, name, wholeNumber } from '../command-line/kinds.ts'
import { option, type ParameterValues, program } from '../command-line/parameter.ts'
import { abort, type CommandResult, misuse } from '../command-line/result.ts'
import { listText } from '../text/list-text.ts'
import { contractIn } from './verify/contract.ts'

const time = duration('30s or 3m')
const listenAddress = checkedText(
  '[HOST:]PORT',
  'a port, or an address such as 127.0.0.1:9101',
  (word) =>
    /^(?:(?:[\w.-]+|\[[\da-fA-F:]+\]):)?\d{1,5}$/.test(word) && Number(word.slice(word.lastIndexOf(':') + 1)) <= 65_535,
)
const hostNames = checkedText('NAMES', 'names separated by commas, such as bots.example.org', (word) =>
  /^[\w.-]+(?:,[\w.-]+)*$/.test(word),
)

const parameters = {
  command: program(
    'the command that starts the bot',
    "missing the bot's command, e.g. botwatch watchdog -- node bot.js",
  ),
  health: option(
    httpUrl('http://127.0.0.1:8000/healthz'),
    'poll this URL for liveness; without it the bot sends heartbeats: createHeartbeat() of @botwatch/runtime/watchdog',
  ),
  silent: option(time, 'restart after this long without a heartbeat', { otherwise: '3m' }),
  grace: option(time, 'time between SIGTERM and SIGKILL', { otherwise: '10s' }),
  restarts: option(wholeNumber('NUMBER', 0, 1000), 'give up after this many restarts', { otherwise: '3' }),
  within: option(time, 'forget restarts once the bot has been healthy for this long', { otherwise: '10m' }),
  pause: option(time, 'wait before the first restart; doubles with each one', { otherwise: '1s' }),
  alertmanager: option(httpUrl('http://127.0.0.1:9093'), 'send an alert to this Alertmanager on giving up'),
  bot: option(name, "the alert's label bot"),
  env: option(name, "the alert's label env"),
  contract: option(
    file,
    'check --bot and --env against this contract.json (default: out/<bot>/contract.json, if it exists)',
  ),
  instance: option(name, "the alert's label instance (default: the bot's name)"),
  listen: option(listenAddress, "serve the watchdog's own /metrics here"),
  hosts: option(hostNames, 'names of your own under which it is scraped; addresses and local names need none'),
}
type Choices = ParameterValues<typeof parameters>

/** `botwatch watchdog`: supervises a bot in another process; the exit code tells how that ended. */
export const watchdogCommand = command({
  parameters,
  exitCodes: {
    0: 'the bot exited with code 0, or was asked to stop',
    2: 'wrong usage',
    3: 'the watchdog gave up',
  },
  examples: ['--health http://127.0.0.1:8000/healthz -- node bot.js'],
  run,
})

async function run(given: Choices): Promise<CommandResult> {
  const to = toldOf(given)
  if (typeof to === 'string') return misuse(to)
  const checked = to === null ? {} : await checkedLabels(to, given.contract)
  if (checked.wrong !== undefined) return misuse(checked.wrong)
  const metrics = createMetrics(watchdogMetrics, { log: say })
  const server =
    given.listen === undefined ? null : await listening(metrics, given.listen, given.hosts?.split(',') ?? [])
  if (typeof server === 'string') return abort(server)
  if (server !== null) say(`metrics: ${server.url}/metrics`)
  if (checked.note !== undefined) say(checked.note)
  if (to === null) say('no --alertmanager given: no alert is sent if the watchdog gives up')

  let telling: Promise<unknown> = Promise.resolve()
  const supervision = supervise({
    command: given.command,
    liveness:
      given.health === undefined
        ? { by: 'ipc' }
        : { by: 'http', url: given.health, every: Math.min(10_000, Math.max(100, given.silent / 6)) },
    staleAfter: given.silent,
    grace: given.grace,
    restarts: given.restarts,
    within: given.within,
    pause: given.pause,
    metrics,
    stdout: process.stdout,
    stderr: process.stderr,
    say,
    recovered: () => {
      // Resolves the alert that an earlier watchdog raised.
      if (to !== null) telling = tellAlertmanager(to, 'over')
    },
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, supervision.stop)
  // The reader of our output may be gone; the bot keeps running.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const outcome = await supervision.outcome
  if (outcome.kind === 'gave-up' && to !== null) {
    // Only the latest state counts.
    await telling
    const wrong = await tellAlertmanager(to, outcome)
    say(wrong === null ? 'Alertmanager was notified' : `Alertmanager could not be notified: ${wrong}`)
  }
  await server?.close()
  return leave(outcome.kind === 'gave-up' ? 3 : 0)
}

/** The Alertmanager to notify and the labels of the alert; null if there is none, or a sentence about what is missing. */
function toldOf({ bot, env, instance, alertmanager }: Choices): GivenUp | string | null {
  if (alertmanager === undefined)
    return bot === undefined && env === undefined && instance === undefined
      ? null
      : '--bot, --env and --instance need --alertmanager'
  return bot === undefined || env === undefined
    ? '--alertmanager needs --bot and --env, e.g. --bot mcbot --env live'
    : { alertmanager, bot, env, instance: instance ?? bot }
}

/**
 * What is wrong with the labels of the alert, or why they were not checked: with another env than the contract has, no route of the
 * stack takes it. Only a contract that was named must be there: a bot is not kept down because a file is missing.
 */
async function checkedLabels(
  { bot, env }: GivenUp,
  named: string | undefined,
): Promise<{ readonly wrong?: string; readonly note?: string }> {
  const path = named ?? `out/${bot}/contract.json`
  if (named === undefined && !existsSync(path))
    return { note: `--env ${env} is not checked: there is no ${path}; name the bot's contract with --contract` }
  const contract = await contractIn(path)
  if ('wrong' in contract)
    return named === undefined ? { note: `--env ${env} is not checked: ${contract.wrong}` } : { wrong: contract.wrong }
  if (contract.bot !== bot) return { wrong: `--bot ${bot}: ${path} is the contract of ${contract.bot}` }
  return contract.environments.includes(env)
    ? {}
    : { wrong: `--env ${env}: ${bot} has no such environment, only ${listText(contract.environments)} (${path})` }
}

async function listening(metrics: object, at: string, hosts: readonly string[]) {
  const colon = at.lastIndexOf(':')
  const host = colon < 0 ? '127.0.0.1' : at.slice(0, colon).replace(/^\[(.*)\]$/, '$1')
  try {
    return await serve(metrics, { host, port: Number(at.slice(colon + 1)), hosts })
  } catch (error) {
    return (error as Error).message
  }
}

function say(line: string): void {
  process.stderr.write(`watchdog: ${line}\n`)
}

/** Exits even if nobody reads the rest of the output. */
function leave(code: number): Promise<never> {
  const end = () => process.exit(code)
  setTimeout(end, 1000)
  const written = [process.stdout, process.stderr].map(
    (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
  )
  return Promise.all(written).then(end)
}
