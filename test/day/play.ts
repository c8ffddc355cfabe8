import type { Bot } from '../../definitions/language/bot.ts'
import { inSeconds } from '../../definitions/language/duration.ts'
import type { Scenario } from '../../definitions/language/scenario.ts'
import { type Severity, severities } from '../../definitions/language/severity.ts'
import type { Tool } from '../../demo/servers/tool.ts'
import { alertmanagerOutput } from '../../generators/outputs/alertmanager/alertmanager.ts'
import { countText } from '../../generators/text/count-text.ts'
import { writtenOf } from '../alerts/bots.ts'
import { writeRules } from '../alerts/scene.ts'
import { type Scrapes, scrapeEvery } from '../alerts/scrapes.ts'
import { modelOf } from '../fixtures/small-bot.ts'
import { annotationsAt, type FiringTime, firingTimes, type LabelSet } from './firing.ts'
import { messagesOf, type SentMessage, type SilentTime } from './messages.ts'
import { problemsOf } from './problems.ts'
import { readRouting } from './routing.ts'

/** What Prometheus has stored of a scenario, and which maintenances were announced. */
interface PlayedBot {
  readonly scrapes: Scrapes
  readonly silences: readonly SilentTime[]
}

/** Plays a scenario; keeps only the metrics that rules read, and the bot's state in the folder. */
export type Play = (metrics: ReadonlySet<string>, folder: string) => Promise<PlayedBot>

/** The environment that a play is scraped in. */
const playedIn = 'paper'

interface Stage {
  readonly promtool: Tool
  /** An empty folder. */
  readonly folder: string
}

/**
 * What is wrong with the messages of a scenario, with the list of them; null if they keep its budget in each environment, and
 * whichever severity Prometheus evaluates last.
 */
export async function budgetProblem(
  bot: Bot,
  { title, budget }: Scenario,
  play: Play,
  { promtool, folder }: Stage,
): Promise<string | null> {
  const { files, rules } = writtenOf(bot)
  const read = [...rules.records, ...rules.alerts.values()].flatMap(
    ({ expr }) => expr.match(/[a-z_:][a-z0-9_:]*/g) ?? [],
  )
  const { scrapes, silences } = await play(new Set(read), folder)
  writeRules(folder, files, playedIn)
  const evaluated = await firingTimes(promtool, folder, scrapes)
  const routing = readRouting(alertmanagerOutput(modelOf(bot)).get('alertmanager/alertmanager.yml') ?? '')
  const until = secondsOf(scrapes)
  const seenWithin = inSeconds(bot.stack.scrape.bot)
  for (const env of Object.keys(bot.environments))
    for (const last of severities) {
      const firings = evaluated.map((firing) => evaluatedLater(inEnvironment(firing, env), last, bot))
      const messages = messagesOf(firings, { routing, silences, looksAgain: true, until })
      const wrong = problemsOf(budget, { firings, messages }, { seenWithin })
      if (wrong.length === 0) continue
      const list = await listed(messages, evaluated, { promtool, folder, scrapes })
      return [`${bot.name} (${env}), ${title}:`, ...wrong, ...list].join('\n  ')
    }
  return null
}

const secondsOf = (scrapes: Scrapes) => scrapeEvery * Math.max(...[...scrapes.values()].map((values) => values.length))

const inEnvironment = (firing: FiringTime, env: string): FiringTime => ({
  ...firing,
  labels: { ...firing.labels, ...(firing.labels['env'] === undefined ? {} : { env }) },
})

/** Each severity is a group of rules with its own times of evaluation: alerts of the last one come almost an evaluation later. */
function evaluatedLater(firing: FiringTime, severity: Severity, { stack }: Bot): FiringTime {
  if (firing.labels['severity'] !== severity) return firing
  const later = inSeconds(stack.evaluate) - 1
  return { ...firing, from: firing.from + later, to: firing.to === null ? null : firing.to + later }
}

/** The messages, a line each, with their texts. */
async function listed(
  messages: readonly SentMessage[],
  firings: readonly FiringTime[],
  { promtool, folder, scrapes }: Stage & Pick<PlayedBot, 'scrapes'>,
): Promise<readonly string[]> {
  /** The last evaluation before a message at which the alert fired. */
  const shownAt = ({ at, labels }: SentMessage) => {
    const [about = {}] = labels
    const own = firings.filter((firing) => firing.from <= at && sameBut('env', firing.labels, about)).at(-1)
    const end = Math.min(at, (own?.to ?? Number.POSITIVE_INFINITY) - scrapeEvery)
    return { at: Math.floor(end / scrapeEvery) * scrapeEvery, labels: own?.labels ?? {} }
  }
  const shown = messages.map((message) => ({ message, ...shownAt(message) }))
  const wanted = shown.map(({ at, message }) => ({ at, alert: message.alert }))
  const says = await annotationsAt(promtool, folder, scrapes, wanted)
  return shown.map(({ message, at, labels }) => {
    const { summary = '', resolved } = says(at, labels)
    const { status, channel, severity, alert } = message
    const text = status === 'RESOLVED' ? (resolved ?? summary) : summary
    const others = message.labels.length - 1
    const more = others === 0 ? '' : ` (and ${countText(others, 'more', 'more')})`
    return `${clock(message.at)} ${channel} ${status} ${severity} ${alert}: ${text}${more}`
  })
}

const sameBut = (label: string, one: LabelSet, other: LabelSet) =>
  JSON.stringify(Object.entries({ ...one, [label]: '' }).sort()) ===
  JSON.stringify(Object.entries({ ...other, [label]: '' }).sort())

/** A time since the start, such as 1:02:03. */
const clock = (seconds: number) => {
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
}
