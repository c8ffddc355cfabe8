import { type Duration, milliseconds } from '../../definitions/language/duration.ts'
import { display } from '../display.ts'
import { logOf } from '../serving/log.ts'
import { warmUpIn } from '../warm-up.ts'
import { botIn, matchersIn, type QuietMatcher, sameMatchers } from './matchers.ts'
import { type BotSilence, readSilences, writeSilence } from './silences.ts'

export interface RestartQuietOptions {
  /** Base URL of Alertmanager; default the variable BOTWATCH_ALERTMANAGER. Without it nothing is announced. */
  readonly alertmanager?: string
  /** The matchers of what is held back, such as `bot=mybot,env=live,alertname!~A|B`; default the variable BOTWATCH_QUIET. */
  readonly quiet?: string
  /** How long a restart may take; default '2m'. */
  readonly lasts?: Duration
}

/** The quiet during a restart of the bot. */
export interface RestartQuiet {
  /** Announces that the bot stops and starts again, in at most a second and a half; never rejects. Call it at a graceful stop. */
  readonly begin: () => Promise<void>
}

const reason = 'graceful stop'
const usualLength = 2 * 60_000
/** Milliseconds that a stop may be delayed by. */
const patience = 1500
/** Milliseconds between two stops that are announced: a bot that stops again and again is not restarted by plan. */
const apart = 10 * 60_000
/** Milliseconds that a start waits for Alertmanager, which delays nothing. */
const startPatience = 10_000
/** Milliseconds until a target that has just started is scraped and evaluated again. */
const settles = 30_000

/** Announces restarts to Alertmanager, so that a planned one sends nothing: a graceful stop begins a quiet, which the next start ends once the bot is ready. */
export function createRestartQuiet(metrics: object, options: RestartQuietOptions = {}): RestartQuiet {
  const log = logOf(metrics)
  const place = placeOf(options, log)
  if (place === null) return Object.freeze({ begin: async () => {} })
  const starting = new AbortController()
  let begun: Promise<void> | null = null
  const ended = () => {
    const signal = AbortSignal.any([starting.signal, AbortSignal.timeout(startPatience)])
    // if Alertmanager does not answer, the quiet ends by itself
    if (begun === null) end(place, signal).catch(() => {})
  }
  warmUpIn(metrics)?.whenReady(ended)
  return Object.freeze({
    begin: () => {
      starting.abort()
      begun ??= begin(place).catch((error: unknown) =>
        log(`restart: the stop is not announced, so that alerts about it are sent: ${reasonOf(error)}`),
      )
      return begun
    },
  })
}

/** What is held back, where, and for how long. */
interface Place {
  readonly alertmanager: string
  readonly bot: string
  readonly matchers: readonly QuietMatcher[]
  readonly lasts: number
}

function placeOf(options: RestartQuietOptions, log: (message: string) => void): Place | null {
  const { alertmanager = process.env['BOTWATCH_ALERTMANAGER'] ?? '', quiet = process.env['BOTWATCH_QUIET'] ?? '' } =
    options
  if (alertmanager === '') return null
  const matchers = matchersIn(quiet)
  const bot = botIn(matchers ?? [])
  if (matchers === null || bot === null || !URL.canParse(alertmanager)) {
    const [name, given, expected] = URL.canParse(alertmanager)
      ? ['BOTWATCH_QUIET', quiet, 'matchers such as bot=mybot,env=live,alertname!~A|B']
      : ['BOTWATCH_ALERTMANAGER', alertmanager, 'a URL such as http://127.0.0.1:9093']
    log(
      `restart: ${name} is ${display(given)}, expected ${expected}, so that stops are not announced: take both from the folder restart/ of the bot in out/`,
    )
    return null
  }
  const lasts = milliseconds(options.lasts ?? '') || usualLength
  return { alertmanager: alertmanager.replace(/\/+$/, ''), bot, matchers, lasts }
}

async function begin(place: Place): Promise<void> {
  const { alertmanager, bot, matchers, lasts } = place
  const signal = AbortSignal.timeout(patience)
  const now = Date.now()
  const isRecent = ({ startsAt }: BotSilence) => Date.parse(startsAt) > now - apart
  if ((await announced(place, signal)).some(isRecent))
    throw new Error(`the last one was announced less than ${apart / 60_000} minutes ago, and a loop must not be quiet`)
  const [startsAt, endsAt] = [new Date(now).toISOString(), new Date(now + lasts).toISOString()]
  await writeSilence(alertmanager, { matchers, startsAt, endsAt, createdBy: bot, comment: reason }, signal)
}

/** The silences of stops of this bot in this environment. */
const announced = async ({ alertmanager, bot, matchers }: Place, signal: AbortSignal): Promise<readonly BotSilence[]> =>
  (await readSilences(alertmanager, bot, signal)).filter(
    (silence) => silence.createdBy === bot && silence.comment === reason && sameMatchers(silence.matchers, matchers),
  )

/** Lets what an earlier stop began end soon. */
async function end(place: Place, signal: AbortSignal): Promise<void> {
  const soon = Date.now() + settles
  const endsAt = new Date(soon).toISOString()
  for (const silence of await announced(place, signal))
    if (Date.parse(silence.endsAt) > soon) await writeSilence(place.alertmanager, { ...silence, endsAt }, signal)
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error
  if (name === 'TimeoutError') return `Alertmanager did not answer within ${patience / 1000} s`
  return cause instanceof Error ? `Alertmanager does not answer: ${cause.message}` : message
}
