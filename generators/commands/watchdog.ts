import { parseArgs } from 'node:util'
import { z } from 'zod'
import { milliseconds } from '../../definitions/language/duration.ts'
import { createMetrics, serve } from '../../runtime/index.ts'
import { type GivenUp, supervise, tellAlertmanager, watchdogMetrics } from '../../runtime/watchdog/index.ts'

const usage = `botwatch watchdog: starts a bot, starts it again when it ends badly or falls silent, and calls for help when that does not do.

usage: botwatch watchdog [options] -- COMMAND [arguments]

  --health URL         ask this address for signs of life, such as http://127.0.0.1:8000/healthz;
                       without it the bot beats: createHeartbeat().beat() of @botwatch/runtime/watchdog
  --silent DURATION    so long without a sign of life, and it is started again          (3m)
  --grace DURATION     between SIGTERM and SIGKILL                                      (10s)
  --restarts NUMBER    as often it is started again, ...                                (3)
  --within DURATION    ... until it has been healthy for so long without a break        (10m)
  --pause DURATION     before the first restart; each further one waits twice as long   (1s)
  --alertmanager URL   who is told when it gives up, such as http://127.0.0.1:9093
  --bot NAME --env NAME --instance NAME   whose alert that is; instance is the bot's name without it
  --listen [HOST:]PORT its own /metrics                                                 (nowhere)

exit codes: 0 the bot was asked to end, or ended with code 0; 2 a wrong option; 3 it gave up
`

const duration = (otherwise: string) =>
  z
    .string()
    .default(otherwise)
    .refine((text) => (milliseconds(text) ?? 0) > 0, 'expected a duration such as 30s or 3m')
    .transform((text) => milliseconds(text) as number)
const httpUrl = z.url({ protocol: /^https?$/, error: 'expected a URL such as http://127.0.0.1:8000/healthz' })
const name = z.string().min(1, 'a name may not be empty')

const schema = z.object({
  health: httpUrl.optional(),
  silent: duration('3m'),
  grace: duration('10s'),
  restarts: z.coerce.number('expected a whole number').int('expected a whole number').min(0).max(1000).default(3),
  within: duration('10m'),
  pause: duration('1s'),
  alertmanager: httpUrl.optional(),
  bot: name.optional(),
  env: name.optional(),
  instance: name.optional(),
  listen: z
    .string()
    .regex(/^(?:(?:[\w.-]+|\[[\da-fA-F:]+\]):)?\d{1,5}$/, 'expected a port, or an address such as 127.0.0.1:9101')
    .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65_535, 'a port is at most 65535')
    .optional(),
})

const options = Object.fromEntries([
  ...Object.keys(schema.shape).map((key) => [key, { type: 'string' }] as const),
  ['help', { type: 'boolean', short: 'h' }],
]) as Readonly<Record<string, { type: 'string' | 'boolean'; short?: string }>>

/** `botwatch watchdog`: supervises a bot in another process; the exit code says how that ended. */
export async function watchdog(args: readonly string[]): Promise<number> {
  const given = parsed(args)
  if (typeof given === 'string') return refuse(given)
  if (given.values['help'] === true) {
    process.stdout.write(usage)
    return 0
  }
  const read = schema.safeParse(given.values)
  if (!read.success)
    return refuse(read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '))
  const [program, ...rest] = given.command
  if (program === undefined) return refuse('watch what? Name the command behind --, such as -- node bot.js')
  const chosen = read.data
  const to = toldOf(chosen)
  if (typeof to === 'string') return refuse(to)
  const metrics = createMetrics(watchdogMetrics, { log: say })
  const server = chosen.listen === undefined ? null : await listening(metrics, chosen.listen)
  if (typeof server === 'string') return refuse(server)
  if (server !== null) say(`metrics: ${server.url}/metrics`)
  if (to === null) say('nobody is told when it gives up: name an --alertmanager')

  let telling: Promise<unknown> = Promise.resolve()
  const supervision = supervise({
    ...chosen,
    command: [program, ...rest],
    liveness:
      chosen.health === undefined
        ? { by: 'ipc' }
        : { by: 'http', url: chosen.health, every: Math.min(10_000, Math.max(100, chosen.silent / 6)) },
    staleAfter: chosen.silent,
    metrics,
    stdout: process.stdout,
    stderr: process.stderr,
    say,
    recovered: () => {
      // What an earlier watchdog called for help about.
      if (to !== null) telling = tellAlertmanager(to, 'over')
    },
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, supervision.stop)
  // The reader of our own output may be gone; the bot goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const outcome = await supervision.outcome
  if (outcome.kind === 'gave-up' && to !== null) {
    // What is told last holds.
    await telling
    const wrong = await tellAlertmanager(to, outcome)
    say(wrong === null ? 'Alertmanager knows of it' : `nobody could be told: ${wrong}`)
  }
  await server?.close()
  return leave(outcome.kind === 'gave-up' ? 3 : 0)
}

/** Who is told, and as whose alert; null where nobody is, or the sentence that says what is missing. */
function toldOf({ bot, env, instance, alertmanager }: z.infer<typeof schema>): GivenUp | string | null {
  if (alertmanager === undefined)
    return bot === undefined && env === undefined && instance === undefined
      ? null
      : '--bot, --env and --instance say whose alert it is: name an --alertmanager too'
  return bot === undefined || env === undefined
    ? '--alertmanager hears of a bot of an environment: name both, such as --bot mcbot --env live'
    : { alertmanager, bot, env, instance: instance ?? bot }
}

function parsed(args: readonly string[]) {
  const end = args.indexOf('--')
  const [own, command] = end < 0 ? [args, []] : [args.slice(0, end), args.slice(end + 1)]
  try {
    return { values: parseArgs({ args: [...own], options }).values, command }
  } catch (error) {
    const message = (error as Error).message.split('. ')[0] ?? ''
    return end < 0 ? `${message}; the command stands behind --` : message
  }
}

async function listening(metrics: object, at: string) {
  const colon = at.lastIndexOf(':')
  const host = colon < 0 ? '127.0.0.1' : at.slice(0, colon).replace(/^\[(.*)\]$/, '$1')
  try {
    return await serve(metrics, { host, port: Number(at.slice(colon + 1)) })
  } catch (error) {
    return (error as Error).message
  }
}

function say(line: string): void {
  process.stderr.write(`watchdog: ${line}\n`)
}

function refuse(why: string): number {
  process.stderr.write(`botwatch: ${why}\n\n${usage}`)
  return 2
}

/** Ends even where nobody reads what is left of the output. */
function leave(code: number): Promise<never> {
  const end = () => process.exit(code)
  setTimeout(end, 1000)
  const written = [process.stdout, process.stderr].map(
    (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
  )
  return Promise.all(written).then(end)
}
