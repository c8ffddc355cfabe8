import { inSeconds } from '../../definitions/language/duration.ts'
import { groupWait } from '../stack/alert-timing.ts'
import { countText } from '../text/count-text.ts'
import { answers, sendHeldBack } from './alertmanager-api.ts'
import { localTimeZone, momentText } from './moment.ts'
import { quietSilence, sentText } from './quiet-silences.ts'
import { expireSilence, postSilence, silencesOf } from './silences.ts'
import type { BotStack } from './stacks.ts'

/** The quiet while services are replaced. */
interface DeployQuiet {
  /** Ends it, with the problems that were found; what cannot be ended is said. */
  end(problems: readonly string[]): Promise<void>
}

interface DeployQuietOptions {
  /** Base URL of Alertmanager; undefined if the stack has none. */
  readonly alertmanager: string | undefined
  /** What is being done, such as `make up`. */
  readonly why: string
  /** Milliseconds that the targets may take to be up. */
  readonly within: number
}

/** Longer than the servers usually take to be healthy: what takes longer than that should be heard. */
const replacedWithin = 240_000

/** Holds back the bot's alerts while services are replaced, if Alertmanager is there already; a failure is said and stops nothing. */
export async function beginDeployQuiet(
  { bot, say }: Pick<BotStack, 'bot' | 'say'>,
  { alertmanager, why, within }: DeployQuietOptions,
): Promise<DeployQuiet> {
  // at the first start there is nothing to hold back
  if (alertmanager === undefined || !(await answers(alertmanager))) return none
  const silence = quietSilence(bot, { lasts: replacedWithin + within, why })
  const posted = await postSilence(alertmanager, silence)
  if ('wrong' in posted) {
    say(`${bot.name} is not quiet during ${why}: ${posted.wrong}`)
    return none
  }
  const latest = momentText(new Date(silence.endsAt), localTimeZone())
  say(`${bot.name} is quiet during ${why}, until ${latest} at the latest`)
  const kept = (wrong: string) => say(`${bot.name} stays quiet until ${latest}: ${wrong}`)
  const shorten = async () => {
    const all = await silencesOf(alertmanager)
    if ('wrong' in all) return kept(all.wrong)
    // it may have been ended by hand
    const current = all.find(({ id }) => id === posted.id)
    if (current === undefined) return
    // a target that has just been scraped may still count as down until the next evaluation
    const seconds = inSeconds(bot.stack.evaluate) + groupWait + 1
    const endsAt = new Date(Date.now() + seconds * 1000).toISOString()
    if (Date.parse(endsAt) >= Date.parse(current.endsAt)) return
    const changed = await postSilence(alertmanager, { ...current, endsAt })
    if ('wrong' in changed) kept(changed.wrong)
    else
      say(`${why} is over: ${bot.name} stays quiet for ${countText(seconds, 'second')}, until all is evaluated again`)
  }
  return {
    end: async (problems) => {
      if (problems.length === 0) return shorten()
      const wrong = await expireSilence(alertmanager, posted.id)
      if (wrong !== null) kept(wrong.wrong)
      else say(`${why} failed: ${bot.name} is no longer quiet, and ${sentText(await sendHeldBack(alertmanager))}`)
    },
  }
}

const none: DeployQuiet = { end: async () => {} }
