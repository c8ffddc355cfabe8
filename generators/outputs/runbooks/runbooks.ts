import type { AnyPanel } from '../../../definitions/language/panel.ts'
import { severities } from '../../../definitions/language/severity.ts'
import type { AlertRule, Files, Model } from '../../model/model.ts'
import { logSilence, logSilenceSteps } from '../../stack/log-silence.ts'
import { keepsLogs } from '../../stack/logs.ts'
import { capitalize } from '../../text/capitalize.ts'
import { countText } from '../../text/count-text.ts'
import { figureText } from '../../text/figure.ts'
import { listText } from '../../text/list-text.ts'
import { bulletList, code, heading, link, markdownTable, page, prose } from '../../text/markdown.ts'
import { messageWords as common } from '../../text/message-words.ts'
import { firstStepText, placeholder } from '../../text/step.ts'
import { type Facts, factsOf } from './facts.ts'
import { notificationText } from './notification-text.ts'
import { runbookWords } from './runbook-words.ts'
import { runbookSteps } from './steps.ts'
import { firingText } from './when.ts'

/** runbooks/<Alert>.md: what an alert means and what to do; runbooks/README.md: all of them by severity. */
export function runbooksOutput(model: Model): Files {
  const facts = factsOf(model)
  return new Map([
    ['runbooks/README.md', index(facts)],
    ...model.alerts.map((alert) => [`runbooks/${alert.name}.md`, runbook(facts, alert)] as const),
  ])
}

function runbook(facts: Facts, alert: AlertRule): string {
  const { bot } = facts.model
  const { runbook, deviates } = alert.of
  const steps = runbookSteps(facts, runbook.steps)
  const departures = [deviates, runbook.deviates ?? null].filter((deviation) => deviation !== null)
  return page([
    heading(1, prose(alert.name)),
    [
      `**${common.severity[alert.severity]}**`,
      prose(bot.title),
      link(runbookWords.allRunbooks, 'README.md'),
      link(runbookWords.inReference, '../docs/alerts.md'),
    ].join(' · '),
    runbookWords.message(prose(summaryOf(alert, bot.name))),
    heading(2, runbookWords.meaning),
    prose(runbook.cause),
    runbook.said === undefined ? '' : `> ${prose(runbook.said)}`,
    ...steps.parts,
    steps.hasPaths ? runbookWords.panelPaths(bot.stack.ports.grafana) : '',
    steps.hasCompose ? runbookWords.composeFolder : '',
    steps.hasMake ? runbookWords.makeFolder : '',
    ...(alert.of.of === 'posted' && keepsLogs(bot) ? ofLog(bot.name) : []),
    heading(2, runbookWords.when),
    ...firingText(facts, alert),
    heading(2, runbookWords.telling),
    bulletList(notificationText(facts, alert)),
    ...(departures.length === 0
      ? []
      : [
          heading(2, runbookWords.departures),
          bulletList(departures.map(({ said, because }) => runbookWords.departure(prose(said), prose(because)))),
        ]),
  ])
}

/** What to do if not Prometheus is silent, but what evaluates alerts on lines. */
const ofLog = (bot: string): readonly string[] => [
  heading(2, runbookWords.ofLog),
  `${runbookWords.saysLog(bot)} ${logSilence}`,
  logSilenceSteps.map((step, i) => `${i + 1}. ${step}`).join('\n'),
]

/** The summary of an alert, with placeholders for what is known only when the message is sent. */
const summaryOf = ({ summary }: AlertRule, bot: string): string =>
  summary.text
    .map((part) => {
      if (typeof part === 'string') return part
      if (part.from === 'label' && part.name === 'bot') return bot
      return placeholder(part.from === 'figure' ? figureText(part) : part.name)
    })
    .join('')

function index({ model, places }: Facts): string {
  const { alerts, bot } = model
  const groups = severities
    .map((severity) => ({ severity, alerts: alerts.filter((alert) => alert.severity === severity) }))
    .filter((group) => group.alerts.length > 0)
  const boardOf = (panel: AnyPanel) => places.get(panel)?.board.title ?? null
  return page([
    heading(1, runbookWords.runbooksOf(prose(bot.title))),
    alerts.length === 0
      ? runbookWords.noAlerts
      : runbookWords.indexIntro(
          countText(alerts.length, 'alert'),
          listText(groups.map((group) => `${group.alerts.length} ${common.severity[group.severity]}`)),
        ),
    ...(Object.keys(bot.glossary).length > 0
      ? [runbookWords.terms(link(runbookWords.glossary, '../docs/glossary.md'))]
      : []),
    ...groups.flatMap((group) => [
      heading(2, capitalize(common.severity[group.severity])),
      markdownTable(
        [runbookWords.column.alert, runbookWords.column.means, runbookWords.column.first],
        group.alerts.map((alert) => [
          link(code(alert.name), `${alert.name}.md`),
          prose(alert.of.runbook.cause),
          prose(firstStepText(alert.of.runbook, { boardOf })),
        ]),
      ),
    ]),
  ])
}
