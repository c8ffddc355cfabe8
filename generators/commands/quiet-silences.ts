import type { Bot } from '../../definitions/language/bot.ts'
import { containerTopology } from '../model/topology.ts'
import { verbatim } from '../outputs/alertmanager/matcher.ts'
import { resolve } from '../resolve/resolve.ts'
import { testAlertName } from './alertmanager-api.ts'
import type { Wrong } from './docker-compose.ts'
import { type NewSilence, type Silence, type SilenceMatcher, silencesOf } from './silences.ts'

/** The author of every silence that botwatch posts, by which it finds them again. */
const author = 'botwatch quiet'

/** What a quiet is asked to be. */
export interface QuietRequest {
  /** Milliseconds. */
  readonly lasts: number
  readonly why: string
  /** Undefined for all environments. */
  readonly env?: string | undefined
}

/** The alerts of a bot that a quiet does not hold back. */
export const loudAlerts = (bot: Bot): readonly string[] =>
  resolve(bot, containerTopology)
    .model.alerts.filter(({ of }) => of.breaksQuiet)
    .map(({ name }) => name)

/** A silence for all alerts of a bot but those that break a quiet. */
export function quietSilence(bot: Bot, { lasts, why, env }: QuietRequest): NewSilence {
  const now = Date.now()
  // a test of the channels must not fail because of a quiet
  const heard = [...loudAlerts(bot), testAlertName].map(verbatim)
  return {
    matchers: [
      equal('bot', bot.name),
      ...(env === undefined ? [] : [equal('env', env)]),
      { name: 'alertname', value: heard.join('|'), isRegex: true, isEqual: false },
    ],
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + lasts).toISOString(),
    createdBy: author,
    comment: why,
  }
}

/** The silences of a bot that botwatch has posted and that have not ended. */
export async function quietSilencesOf(alertmanager: string, bot: Bot): Promise<readonly Silence[] | Wrong> {
  const all = await silencesOf(alertmanager)
  if ('wrong' in all) return all
  return all.filter((silence) => silence.createdBy === author && required(silence, 'bot') === bot.name)
}

/** The environment that a silence is limited to; undefined for all. */
export const environmentOf = (silence: NewSilence): string | undefined => required(silence, 'env')

/** When a person hears of what has been held back. */
export const sentText = (isAtOnce: boolean): string =>
  isAtOnce ? 'what fires is sent now' : 'what fires is sent once its cooldown is over'

const required = ({ matchers }: NewSilence, label: string): string | undefined =>
  matchers.find(({ name, isRegex, isEqual }) => name === label && isEqual && !isRegex)?.value

const equal = (name: string, value: string): SilenceMatcher => ({ name, value, isRegex: false, isEqual: true })
