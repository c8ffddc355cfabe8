import type { AnyPanel } from '../../../definitions/language/panel.ts'
import { severities } from '../../../definitions/language/severity.ts'
import { freeLabelsOf } from '../../model/free-labels.ts'
import type { AlertRule, Board, Files, Model, Rule } from '../../model/model.ts'
import { print } from '../../promql/print.ts'
import { inLines } from '../../text/expression.ts'
import { stepText } from '../../text/step.ts'
import { literal, template, valueTemplate } from '../../text/template.ts'
import { yamlFile } from '../../text/yaml.ts'

/** So many steps of a runbook stand in a message, each at most so many characters long. */
const stepsInMessage = { count: 3, characters: 200 }

/** prometheus/alerts.yml, prometheus/recording.yml, and for each environment the rules that hold only where it runs. */
export function rules(model: Model): Files {
  const files = new Map([
    ['prometheus/recording.yml', recordingFile(model)],
    ['prometheus/alerts.yml', alertsFile(model, null)],
  ])
  for (const env of Object.keys(model.bot.environments))
    files.set(`prometheus/deployments/${env}/absence.yml`, alertsFile(model, env))
  return files
}

/** A group for each severity that has a rule: groups are evaluated side by side. */
function alertsFile(model: Model, env: string | null): string {
  const boards = boardsOf(model)
  const suffix = env === null ? '' : `-${env}`
  const groups = severities.flatMap((severity) => {
    const made = model.alerts
      .filter((alert) => alert.severity === severity)
      .flatMap((alert) =>
        alert.rules.filter((rule) => rule.env === env).map((rule) => alerting(model.bot.name, alert, rule, boards)),
      )
    return made.length === 0 ? [] : [{ name: `${model.bot.name}-${severity}${suffix}`, rules: made }]
  })
  const what = env === null ? [] : [`Loaded where ${model.bot.name} runs as ${env}: what should be there, and is not.`]
  return yamlFile({ groups }, ...what)
}

function recordingFile({ bot, records }: Model): string {
  const rules = records.map((record) => ({ record: record.name, expr: inLines(print(record.expr)) }))
  return yamlFile({ groups: rules.length === 0 ? [] : [{ name: `${bot.name}-records`, rules }] })
}

function alerting(bot: string, alert: AlertRule, rule: Rule, boards: Boards) {
  const { runbook } = alert.of
  return {
    alert: alert.name,
    expr: inLines(print(rule.expr)),
    ...(rule.for === null ? {} : { for: rule.for }),
    ...(alert.keepFiringFor === null ? {} : { keep_firing_for: alert.keepFiringFor }),
    labels: {
      severity: alert.severity,
      ...(alert.labels.includes('bot') ? {} : { bot }),
    },
    annotations: {
      summary: template(alert.summary, alert.unit),
      ...(saysMore(alert) ? { value: valueTemplate('plain', alert.unit) } : {}),
      description: literal(runbook.cause),
      steps: literal(firstSteps(alert, boards)),
      runbook: `runbooks/${alert.name}.md`,
      runbook_url: `{{ with $externalLabels.runbook_url }}{{ reReplaceAll "/+$" "" . }}/${alert.name}.md{{ end }}`,
      ...panelUrl(boards, alert),
    },
  }
}

/** Whether the value tells something that the summary does not say already: a bare number does not, nor does an exact match. */
function saysMore({ of, summary, unit }: AlertRule): boolean {
  const told = summary.text.some((part) => typeof part !== 'string' && part.from === 'value')
  const isExact = of.when.kind === 'binary' && of.when.op === '=='
  return of.of === 'condition' && !told && !isExact && (unit.symbol !== '' || unit.dim === 'ratio')
}

const firstSteps = ({ of }: AlertRule, boards: Boards): string =>
  of.runbook.steps
    .slice(0, stepsInMessage.count)
    .map((step, i) => `${i + 1}. ${short(stepText(step, (panel) => boards.of.get(panel)?.title ?? null))}`)
    .join('\n')

function short(step: string): string {
  const line = step.replace(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length <= stepsInMessage.characters
    ? line
    : `${characters.slice(0, stepsInMessage.characters - 1).join('')}…`
}

/** The panel that the runbook looks at first, narrowed to the environment and the labels of the alert. */
function panelUrl(boards: Boards, { panel, labels }: AlertRule): { readonly panel_url?: string } {
  if (panel === null) return {}
  const board = boards.at.get(panel.uid)
  const chosen = [
    ...(labels.includes('env') ? [['env', 'env'] as const] : []),
    ...(board?.variables ?? [])
      .filter(({ of }) => labels.includes(of.label))
      .map(({ name, of }) => [name, of.label] as const),
  ]
  const query = chosen.map(([name, label]) => `&var-${name}={{ urlquery $labels.${label} }}`).join('')
  // the stack's own process may have none
  const ofTarget = boards.free
    .filter((label) => labels.includes(label))
    .map((label) => `{{ with $labels.${label} }}&var-${label}={{ urlquery . }}{{ end }}`)
    .join('')
  const path = `/d/${panel.uid}?viewPanel=${panel.id}${query}${ofTarget}`
  return { panel_url: `{{ with $externalLabels.grafana_url }}{{ reReplaceAll "/+$" "" . }}${path}{{ end }}` }
}

interface Boards {
  readonly of: ReadonlyMap<AnyPanel, Board>
  readonly at: ReadonlyMap<string, Board>
  /** The labels of the owner's choosing, for which each has a variable. */
  readonly free: readonly string[]
}
const boardsOf = ({ bot, dashboards }: Model): Boards => ({
  free: freeLabelsOf(bot),
  of: new Map(
    dashboards.flatMap((board) => board.rows.flatMap((row) => row.panels.map(({ of }) => [of, board] as const))),
  ),
  at: new Map(dashboards.map((board) => [board.uid, board])),
})
