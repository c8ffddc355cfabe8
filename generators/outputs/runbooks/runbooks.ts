import { severities } from '../../../definitions/language/severity.ts'
import type { AlertRule, Files, Model } from '../../model/model.ts'
import { capitalized } from '../../text/capitalized.ts'
import { counted } from '../../text/counted.ts'
import { listed } from '../../text/listed.ts'
import { bullets, code, heading, link, page, prose, table } from '../../text/markdown.ts'
import { stepText } from '../../text/step.ts'
import { words as common } from '../../text/words.ts'
import { type Facts, factsOf } from './facts.ts'
import { stepsOf } from './steps.ts'
import { telling } from './telling.ts'
import { firing } from './when.ts'
import { words } from './words.ts'

/** runbooks/<Alert>.md: what an alert means and what to do; runbooks/README.md: all of them by severity. */
export function runbooks(model: Model): Files {
  const facts = factsOf(model)
  return new Map([
    ['runbooks/README.md', index(facts)],
    ...model.alerts.map((alert) => [`runbooks/${alert.name}.md`, runbook(facts, alert)] as const),
  ])
}

function runbook(facts: Facts, alert: AlertRule): string {
  const { bot } = facts.model
  const { runbook, deviates } = alert.of
  const steps = stepsOf(facts, runbook.steps)
  const departures = [deviates, runbook.deviates ?? null].filter((deviation) => deviation !== null)
  return page([
    heading(1, prose(alert.name)),
    [
      `**${common.severity[alert.severity]}**`,
      prose(bot.title),
      link(words.allRunbooks, 'README.md'),
      link(words.inReference, '../docs/alerts.md'),
    ].join(' · '),
    words.message(prose(summaryOf(alert, bot.name))),
    heading(2, words.meaning),
    prose(runbook.cause),
    runbook.said === undefined ? '' : `> ${prose(runbook.said)}`,
    heading(2, words.steps),
    steps.text,
    steps.hasPaths ? words.panelPaths(bot.stack.ports.grafana) : '',
    steps.hasCompose ? words.composeFolder : '',
    steps.hasMake ? words.makeFolder : '',
    heading(2, words.when),
    ...firing(facts, alert),
    heading(2, words.telling),
    bullets(telling(facts, alert)),
    ...(departures.length === 0
      ? []
      : [
          heading(2, words.departures),
          bullets(departures.map(({ said, because }) => words.departure(prose(said), prose(because)))),
        ]),
  ])
}

/** The summary of an alert, with placeholders for what is known only when the message is sent. */
const summaryOf = ({ summary }: AlertRule, bot: string): string =>
  summary.text
    .map((part) =>
      typeof part === 'string' ? part : part.from === 'label' && part.name === 'bot' ? bot : words.hole(part.name),
    )
    .join('')

function index({ model, places }: Facts): string {
  const { alerts, bot } = model
  const groups = severities
    .map((severity) => ({ severity, alerts: alerts.filter((alert) => alert.severity === severity) }))
    .filter((group) => group.alerts.length > 0)
  const first = ({ of }: AlertRule) => stepText(of.runbook.steps[0], (panel) => places.get(panel)?.board.title ?? null)
  return page([
    heading(1, words.runbooksOf(prose(bot.title))),
    alerts.length === 0
      ? words.noAlerts
      : words.indexIntro(
          counted(alerts.length, 'alert'),
          listed(groups.map((group) => `${group.alerts.length} ${common.severity[group.severity]}`)),
        ),
    ...groups.flatMap((group) => [
      heading(2, capitalized(common.severity[group.severity])),
      table(
        [words.column.alert, words.column.means, words.column.first],
        group.alerts.map((alert) => [
          link(code(alert.name), `${alert.name}.md`),
          prose(alert.of.runbook.cause),
          capitalized(prose(first(alert))),
        ]),
      ),
    ]),
  ])
}
