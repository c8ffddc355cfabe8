import type { Bot } from '../../definitions/language/bot.ts'
import { inSeconds } from '../../definitions/language/duration.ts'
import type { Scenario } from '../../definitions/language/scenario.ts'
import { type Severity, severities } from '../../definitions/language/severity.ts'
import type { Tool } from '../../demo/servers/tool.ts'
import { alertmanagerOutput } from '../../generators/outputs/alertmanager/alertmanager.ts'
import { countText } from '../../generators/text/count-text.ts'
import { writtenOf } from '../alerts/bots.ts'
import { scrapedTarget } from '../alerts/case.ts'
import type { Scrape } from '../alerts/scrapes.ts'
import { modelOf } from '../fixtures/small-bot.ts'
import { createEvaluation, type Evaluation } from './evaluation.ts'
import type { FiringTime, LabelSet } from './firing.ts'
import { startHistory } from './history.ts'
import { messagesOf, type SentMessage, type SilentTime } from './messages.ts'
import { problemsOf } from './problems.ts'
import { readRouting } from './routing.ts'
import { type TextStage, textsOf } from './texts.ts'

/** What a scenario is played on. */
interface PlayStage {
  /** Only these are read by rules: no others need be handed over. */
  readonly metrics: ReadonlySet<string>
  /** An empty folder, for the bot's state. */
  readonly folder: string
  /** Seconds between two scrapes. */
  readonly every: number
  /** Hands over the next scrape; null if it failed. */
  readonly scraped: (row: Scrape) => Promise<void>
}

/** Plays a scenario, scrape by scrape; returns the maintenances that were announced. */
export type Play = (stage: PlayStage) => Promise<readonly SilentTime[]>

interface Stage {
  readonly prometheus: Tool
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
  { prometheus, promtool, folder }: Stage,
): Promise<string | null> {
  const { files, rules } = writtenOf(bot)
  const environments = Object.keys(bot.environments)
  const env = environments.includes('paper') ? 'paper' : (environments[0] ?? '')
  const read = [...rules.records, ...rules.alerts.values()].flatMap(
    ({ expr }) => expr.match(/[a-z_:][a-z0-9_:]*/g) ?? [],
  )
  const [every, evaluateEvery] = [inSeconds(bot.stack.scrape.bot), inSeconds(bot.stack.evaluate)]
  const history = await startHistory(prometheus, folder)
  try {
    const evaluation = createEvaluation(history, {
      files,
      paths: loadedIn(env),
      target: scrapedTarget(bot.name, env),
      scrapeEvery: every,
      evaluateEvery,
    })
    let until = 0
    const silences = await play({
      metrics: new Set(read),
      folder,
      every,
      scraped: async (row) => {
        until += every
        await evaluation.scraped(row)
      },
    })
    // a watchdog always fires, and notifies no person
    const evaluated = (await evaluation.end()).filter(({ labels }) => labels['alertname'] !== 'Watchdog')
    const routing = readRouting(alertmanagerOutput(modelOf(bot)).get('alertmanager/alertmanager.yml') ?? '')
    for (const env of environments)
      for (const last of severities) {
        const firings = evaluated.map((firing) => evaluatedLater(inEnvironment(firing, env), last, bot))
        const messages = messagesOf(firings, { routing, silences, looksAgain: true, until })
        const wrong = problemsOf(budget, { firings, messages }, { seenWithin: every })
        if (wrong.length === 0) continue
        const list = await listed(messages, evaluated, evaluation, { history, promtool, folder, evaluateEvery })
        return [`${bot.name} (${env}), ${title}:`, ...wrong, ...list].join('\n  ')
      }
    return null
  } finally {
    await history.end()
  }
}

/** The rules that Prometheus loads in an environment. */
export const loadedIn = (env: string): readonly string[] => [
  'prometheus/recording.yml',
  'prometheus/alerts.yml',
  `prometheus/deployments/${env}/absence.yml`,
]

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
  evaluation: Evaluation,
  stage: TextStage,
): Promise<readonly string[]> {
  const saidBy = async ({ at, alert, labels: [about = {}] }: SentMessage): Promise<LabelSet> => {
    const firing = firings.filter(({ from, labels }) => from <= at && sameBut('env', labels, about)).at(-1)
    const rule = evaluation.rule(alert)
    return firing === undefined || rule === undefined ? {} : textsOf({ rule, firing, at }, stage)
  }
  const lines: string[] = []
  for (const message of messages) {
    const { summary = '', resolved = summary } = await saidBy(message)
    const { status, channel, severity, alert } = message
    const text = status === 'RESOLVED' ? resolved : summary
    const others = message.labels.length - 1
    const more = others === 0 ? '' : ` (and ${countText(others, 'more', 'more')})`
    lines.push(`${clock(message.at)} ${channel} ${status} ${severity} ${alert}: ${text}${more}`)
  }
  return lines
}

const sameBut = (label: string, one: LabelSet, other: LabelSet) =>
  JSON.stringify(Object.entries({ ...one, [label]: '' }).sort()) ===
  JSON.stringify(Object.entries({ ...other, [label]: '' }).sort())

/** A time since the start, such as 1:02:03. */
const clock = (seconds: number) => {
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
}
