import type { Bot } from '../../definitions/language/bot.ts'
import { command } from '../command-line/command.ts'
import { checkedText, duration, name } from '../command-line/kinds.ts'
import { argument, flagOption, option } from '../command-line/parameter.ts'
import { misuse } from '../command-line/result.ts'
import { deliversMessages } from '../stack/relay.ts'
import { countText } from '../text/count-text.ts'
import { durationWords } from '../text/duration-words.ts'
import { listText } from '../text/list-text.ts'
import { sendHeldBack } from './alertmanager-api.ts'
import { outputOptions } from './chosen-bots.ts'
import { composeWithEnvFile } from './env-file.ts'
import { unknownEnvironment } from './environment-problem.ts'
import { localTimeZone, momentText } from './moment.ts'
import {
  environmentOf,
  loudAlerts,
  type QuietRequest,
  quietSilence,
  quietSilencesOf,
  sentText,
} from './quiet-silences.ts'
import { expireSilence, type NewSilence, postSilence } from './silences.ts'
import { readStack } from './stack-config.ts'
import { type BotStack, eachStack } from './stacks.ts'

const [shortest, longest] = [1000, 86_400_000]
const reason = checkedText('REASON', 'a reason', (word) => word.trim() !== '')

/** `botwatch quiet`: holds back a bot's alerts during an announced maintenance, lists what is held back, or ends it. */
export const quietCommand = command({
  parameters: {
    lasts: argument(
      duration('15m or 1h30m, at most 24h', shortest, longest),
      'how long it lasts, at most 24h; without it, what is quiet now is listed',
    ),
    why: option(reason, 'the reason, for everyone who looks at Alertmanager'),
    env: option(name, 'only the alerts of this environment (default: all)'),
    end: flagOption('end what is quiet now'),
    ...outputOptions,
  },
  examples: ['15m --bot mcbot --why deploy', '--bot mcbot', '--end --bot mcbot'],
  run: async (given, streams) => {
    const { lasts, why, env, end } = given
    if (end && lasts !== undefined) return misuse('--end ends what is quiet now, so it takes no duration')
    if (lasts === undefined && why !== undefined) return misuse('--why needs a duration, such as 15m')
    if (lasts === undefined) {
      const action = end ? endQuiet : listQuiet
      return eachStack(given, streams, (stack) => atAlertmanager(stack, (quiet) => action(quiet, env)))
    }
    if (why === undefined) return misuse('a quiet needs a reason: --why deploy')
    return eachStack(given, streams, (stack) =>
      atAlertmanager(stack, (quiet) => beginQuiet(quiet, { lasts, why, env })),
    )
  },
})

/** A bot whose alerts are held back, and where. */
interface QuietPlace {
  readonly bot: Bot
  /** Base URL of Alertmanager, on loopback. */
  readonly alertmanager: string
  readonly say: (line: string) => void
  /** The time zone of the person who reads; the machine's by default. */
  readonly timeZone?: string
  /** Milliseconds since 1970; the time left counts from it. */
  readonly now?: number
}

/** Does something at the Alertmanager of a stack; returns what is wrong, one sentence each. */
export async function atAlertmanager(
  stack: BotStack,
  action: (place: QuietPlace) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const { bot, folder, say } = stack
  if (!deliversMessages(bot))
    return [`the alerts of ${bot.name} are not sent by Alertmanager: mute them where they are sent.`]
  const own = await composeWithEnvFile(stack)
  if ('problems' in own) return own.problems
  const config = await readStack(own.compose, folder)
  if ('wrong' in config) return [config.wrong]
  const { alertmanager } = config.addresses
  if (alertmanager === undefined)
    return ['this is a bug in botwatch: the stack does not publish the port of Alertmanager']
  return action({ bot, alertmanager, say })
}

/** Holds back the alerts of a bot; returns what is wrong, one sentence each. */
export async function beginQuiet(
  { bot, alertmanager, say, timeZone = localTimeZone() }: QuietPlace,
  request: QuietRequest,
): Promise<readonly string[]> {
  const problems = unknownEnvironment(bot, request.env)
  if (problems.length > 0) return problems
  const silence = quietSilence(bot, request)
  const posted = await postSilence(alertmanager, silence)
  if ('wrong' in posted) return [posted.wrong]
  const env = request.env === undefined ? '' : ` --env ${request.env}`
  say(
    `${subject(bot, silence)} is quiet until ${momentText(new Date(silence.endsAt), timeZone)}: ${oneLine(silence.comment)}`,
  )
  say(`  still sent: ${listText(loudAlerts(bot))}`)
  say(`  to end it earlier: botwatch quiet --end --bot ${bot.name}${env}`)
  return []
}

/** Lists what of a bot is held back, with the time left; returns what is wrong, one sentence each. */
export async function listQuiet(place: QuietPlace, env?: string): Promise<readonly string[]> {
  const { bot, say, timeZone = localTimeZone(), now = Date.now() } = place
  const found = await chosen(place, env)
  if ('problems' in found) return found.problems
  if (found.silences.length === 0) say(`${named(bot, env)} is not quiet`)
  for (const silence of found.silences) {
    const end = new Date(silence.endsAt)
    say(
      `${subject(bot, silence)} is quiet for another ${leftText(end.getTime() - now)}, until ${momentText(end, timeZone)}: ${oneLine(silence.comment)}`,
    )
  }
  return []
}

/** Ends what of a bot is held back; returns what is wrong, one sentence each. */
export async function endQuiet(place: QuietPlace, env?: string): Promise<readonly string[]> {
  const { bot, alertmanager, say, now = Date.now() } = place
  const found = await chosen(place, env)
  if ('problems' in found) return found.problems
  if (found.silences.length === 0) say(`${named(bot, env)} is not quiet, so there is nothing to end`)
  const problems: string[] = []
  for (const silence of found.silences) {
    const wrong = await expireSilence(alertmanager, silence.id)
    if (wrong === null)
      say(
        `${subject(bot, silence)} is no longer quiet, ${leftText(Date.parse(silence.endsAt) - now)} early: ${oneLine(silence.comment)}`,
      )
    else problems.push(wrong.wrong)
  }
  if (found.silences.length > problems.length) say(`  ${sentText(await sendHeldBack(alertmanager))}`)
  return problems
}

async function chosen({ bot, alertmanager }: QuietPlace, env: string | undefined) {
  const problems = unknownEnvironment(bot, env)
  if (problems.length > 0) return { problems }
  const all = await quietSilencesOf(alertmanager, bot)
  if ('wrong' in all) return { problems: [all.wrong] }
  return { silences: env === undefined ? all : all.filter((silence) => environmentOf(silence) === env) }
}

const named = ({ name }: Bot, env: string | undefined): string => (env === undefined ? name : `${name} in ${env}`)
const subject = (bot: Bot, silence: NewSilence): string => named(bot, environmentOf(silence))

/** A comment may have been changed by anyone who reaches Alertmanager. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** The time left, in minutes from one minute on. */
const leftText = (millis: number): string =>
  millis < 60_000
    ? countText(Math.max(0, Math.ceil(millis / 1000)), 'second')
    : durationWords(Math.ceil(millis / 60_000) * 60_000)
