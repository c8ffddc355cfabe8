import type { Bot } from '../../definitions/language/bot.ts'
import { containerTopology } from '../model/topology.ts'
import { resolve } from '../resolve/resolve.ts'
import { loudIn, quietMatchers } from '../stack/quiet.ts'
import type { Wrong } from './docker-compose.ts'
import { type NewSilence, type Silence, silencesOf } from './silences.ts'

/** The author of every silence that botwatch posts, by which it finds them again; a bot that announces its restart is the author itself. */
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
export const loudAlerts = (bot: Bot): readonly string[] => loudIn(resolve(bot, containerTopology).model)

/** A silence for all alerts of a bot but those that break a quiet. */
export function quietSilence(bot: Bot, { lasts, why, env }: QuietRequest): NewSilence {
  const now = Date.now()
  return {
    matchers: quietMatchers(bot.name, loudAlerts(bot), env),
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + lasts).toISOString(),
    createdBy: author,
    comment: why,
  }
}

/** The silences of a bot that botwatch or the bot itself has posted and that have not ended. */
export async function quietSilencesOf(alertmanager: string, bot: Bot): Promise<readonly Silence[] | Wrong> {
  const all = await silencesOf(alertmanager)
  if ('wrong' in all) return all
  return all.filter(
    (silence) => [author, bot.name].includes(silence.createdBy) && required(silence, 'bot') === bot.name,
  )
}

/** The environment that a silence is limited to; undefined for all. */
export const environmentOf = (silence: NewSilence): string | undefined => required(silence, 'env')

/** When a person hears of what has been held back. */
export const sentText = (isAtOnce: boolean): string =>
  isAtOnce ? 'what fires is sent now' : 'what fires is sent once its cooldown is over'

const required = ({ matchers }: NewSilence, label: string): string | undefined =>
  matchers.find(({ name, isRegex, isEqual }) => name === label && isEqual && !isRegex)?.value
