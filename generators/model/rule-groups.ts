import { inSeconds } from '../../definitions/language/duration.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import { urgentSteps } from '../../definitions/language/runbook.ts'
import { severities } from '../../definitions/language/severity.ts'
import { printCondition } from '../logsql/print.ts'
import { print } from '../promql/print.ts'
import { logEvaluator } from '../stack/logs.ts'
import { inLines } from '../text/expression.ts'
import { stepText } from '../text/step.ts'
import {
  figureTemplate,
  literal,
  prometheusValues,
  type TemplateValues,
  template,
  valueTemplate,
} from '../text/template.ts'
import { freeLabelsOf } from './free-labels.ts'
import { reportedRecords } from './grafana-managed.ts'
import type { AlertRule, Board, Model, Rule } from './model.ts'

/** How many acts of a runbook a message has before its one look, and the most characters of each step. */
const stepsInMessage = { acts: 4, characters: 200 }

/** A recording rule as in Prometheus' rule files. */
interface RecordingEntry {
  readonly record: string
  readonly expr: string
}

/** An alerting rule as in Prometheus' rule files. */
interface AlertingEntry {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly keep_firing_for?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** A group of rules, which Prometheus evaluates sequentially. */
interface RuleGroup<R = AlertingEntry | RecordingEntry> {
  readonly name: string
  /** How often it is evaluated, if not as often as all others. */
  readonly interval?: string
  readonly rules: readonly R[]
}

/** All rules of a bot as data, for every output that prints rules. */
interface RuleGroups {
  readonly recording: readonly RuleGroup<RecordingEntry>[]
  /** Those that always apply. */
  readonly alerting: readonly RuleGroup<AlertingEntry>[]
  /** Those that apply only where an environment runs, by environment. */
  readonly deployments: Readonly<Record<string, readonly RuleGroup<AlertingEntry>[]>>
  /** Those on lines of the log, which vmalert evaluates. */
  readonly logs: readonly RuleGroup<AlertingEntry>[]
}

export function ruleGroups(model: Model): RuleGroups {
  const { bot } = model
  const alertingOf = alertingIn(model)
  return {
    recording: recordingIn(model),
    alerting: alertingOf(null),
    deployments: Object.fromEntries(Object.keys(bot.environments).map((env) => [env, alertingOf(env)])),
    logs: logAlertingIn(model),
  }
}

/** One group for the rules that are recorded at each evaluation, and one for each interval of the others. */
function recordingIn(model: Model): readonly RuleGroup<RecordingEntry>[] {
  const { bot, records } = model
  const intervals = [...new Set(records.map(({ every }) => every))].sort((a, b) => inSeconds(a) - inSeconds(b))
  const reported = reportedRecords(model)
  const groups = intervals.map((interval) => ({
    name: `${bot.name}-records${interval === null ? '' : `-${interval}`}`,
    ...(interval === null ? {} : { interval }),
    rules: records
      .filter(({ every }) => every === interval)
      .map(({ name, expr }) => ({ record: name, expr: inLines(print(expr)) })),
  }))
  return reported.length === 0
    ? groups
    : [
        ...groups,
        {
          name: `${bot.name}-reported`,
          rules: reported.map(({ name, expr }) => ({ record: name, expr: inLines(print(expr)) })),
        },
      ]
}

/** One group per severity that has a rule: groups are evaluated in parallel. */
function alertingIn(model: Model): (env: string | null) => readonly RuleGroup<AlertingEntry>[] {
  const boards = boardsOf(model)
  return (env) =>
    severities.flatMap((severity) => {
      const entries = model.alerts
        .filter((alert) => alert.severity === severity)
        .flatMap((alert) =>
          alert.rules.filter((rule) => rule.env === env).map((rule) => entryOf(model, alert, rule, boards)),
        )
      const suffix = env === null ? '' : `-${env}`
      return entries.length === 0 ? [] : [{ name: `${model.bot.name}-${severity}${suffix}`, rules: entries }]
    })
}

/** One group per severity, as for metrics. vmalert fills in the process that it watches, since the absence of lines has no labels. */
function logAlertingIn(model: Model): readonly RuleGroup<AlertingEntry>[] {
  const boards = boardsOf(model)
  return severities.flatMap((severity) => {
    const entries = model.alerts.flatMap((alert) => {
      const { lines } = alert.of
      if (alert.severity !== severity || lines === null) return []
      const writer = { bot: model.bot.name, env: '%{BOT_ENV}', instance: '%{BOT_INSTANCE}' }
      const { bot, env } = writer
      return [
        {
          alert: alert.name,
          expr: printCondition(lines, alert.of.unit, lines.kind === 'absence' ? writer : { bot, env }),
          ...(alert.hold === null ? {} : { for: alert.hold }),
          ...(alert.keepFiringFor === null ? {} : { keep_firing_for: alert.keepFiringFor }),
          labels: { severity, evaluator: logEvaluator, ...(lines.kind === 'absence' ? writer : {}) },
          annotations: annotationsOf(model, alert, boards),
        },
      ]
    })
    return entries.length === 0 ? [] : [{ name: `${model.bot.name}-logs-${severity}`, rules: entries }]
  })
}

function entryOf({ bot }: Model, alert: AlertRule, rule: Rule, boards: Boards): AlertingEntry {
  return {
    alert: alert.name,
    expr: inLines(print(rule.expr)),
    ...(rule.for === null ? {} : { for: rule.for }),
    ...(alert.keepFiringFor === null ? {} : { keep_firing_for: alert.keepFiringFor }),
    labels: {
      severity: alert.severity,
      ...(alert.labels.includes('bot') ? {} : { bot: bot.name }),
    },
    annotations: annotationsOf({ bot }, alert, boards),
  }
}

/** What the annotations of an alert take from the server that evaluates it. */
interface AnnotationSource {
  readonly values: TemplateValues
  /** The expressions of the base addresses for links: empty if they are not known. */
  readonly grafanaUrl: string
  readonly runbookUrl: string
}

const prometheusSource: AnnotationSource = Object.freeze({
  values: prometheusValues,
  grafanaUrl: '$externalLabels.grafana_url',
  runbookUrl: '$externalLabels.runbook_url',
})

/** The annotations of an alert, also of one that has no rule. */
export const ruleAnnotations = (
  model: Model,
  alert: AlertRule,
  source: AnnotationSource = prometheusSource,
): Readonly<Record<string, string>> => annotationsOf(model, alert, boardsOf(model), source)

function annotationsOf(
  { bot }: Pick<Model, 'bot'>,
  alert: AlertRule,
  boards: Boards,
  { values, grafanaUrl, runbookUrl }: AnnotationSource = prometheusSource,
): Readonly<Record<string, string>> {
  return {
    summary: template(alert.summary, alert.unit, values),
    ...(alert.resolved === null ? {} : { resolved: template(alert.resolved, alert.unit, values) }),
    ...(saysMore(alert) ? { value: valueTemplate('plain', alert.unit, values) } : {}),
    description: literal(alert.of.runbook.cause),
    steps: messageSteps(alert, boards, values),
    ...(bot.outputs.includes('runbooks') ? runbookLinks(alert, runbookUrl) : {}),
    ...panelUrl(boards, alert, grafanaUrl),
  }
}

const runbookLinks = ({ name }: AlertRule, base: string) => ({
  runbook: `runbooks/${name}.md`,
  runbook_url: `{{ with ${base} }}{{ reReplaceAll "/+$" "" . }}/${name}.md{{ end }}`,
})

/** Whether the value adds something that the summary does not say: a bare number does not, nor does an exact match. */
function saysMore({ of, summary, unit }: AlertRule): boolean {
  const told = summary.text.some((part) => typeof part !== 'string' && part.from === 'value')
  const isExact = of.when.kind === 'binary' && of.when.op === '=='
  return of.of === 'condition' && !told && !isExact && (unit.symbol !== '' || unit.dim === 'ratio')
}

/** The urgent steps as a template: each is cut before its figures are filled in, so that no placeholder is cut in two. */
const messageSteps = ({ of }: AlertRule, boards: Boards, values: TemplateValues): string =>
  urgentSteps(of.runbook.steps, stepsInMessage.acts)
    .map((step, i) => {
      const figures: string[] = []
      const text = stepText(step, {
        boardOf: (panel) => boards.of.get(panel)?.title ?? null,
        figure: (figure) => {
          figures.push(figureTemplate(figure, values))
          return hole
        },
      })
      return literal(`${i + 1}. ${short(text)}`).replaceAll(hole, () => figures.shift() ?? '')
    })
    .join('\n')
/** Stands for a figure: a character that no text has. */
const hole = '\u{F8FF}'

function short(step: string): string {
  const line = step.replace(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length <= stepsInMessage.characters
    ? line
    : `${characters.slice(0, stepsInMessage.characters - 1).join('')}…`
}

/** The panel that the runbook looks at first, narrowed to the environment and the labels of the alert. */
function panelUrl(boards: Boards, { panel, labels }: AlertRule, base: string): { readonly panel_url?: string } {
  if (panel === null) return {}
  const board = boards.at.get(panel.uid)
  const chosen = [
    ...(labels.includes('env') ? [['env', 'env'] as const] : []),
    ...(board?.variables ?? [])
      .filter(({ of }) => labels.includes(of.label))
      .map(({ name, of }) => [name, of.label] as const),
  ]
  const query = chosen.map(([name, label]) => `&var-${name}={{ urlquery $labels.${label} }}`).join('')
  // the stack's own process may lack some of them
  const ofTarget = boards.free
    .filter((label) => labels.includes(label))
    .map((label) => `{{ with $labels.${label} }}&var-${label}={{ urlquery . }}{{ end }}`)
    .join('')
  const path = `/d/${panel.uid}?viewPanel=${panel.id}${query}${ofTarget}`
  return { panel_url: `{{ with ${base} }}{{ reReplaceAll "/+$" "" . }}${path}{{ end }}` }
}

interface Boards {
  readonly of: ReadonlyMap<AnyPanel, Board>
  readonly at: ReadonlyMap<string, Board>
  /** The free labels, each of which is a variable on every dashboard. */
  readonly free: readonly string[]
}
const boardsOf = ({ bot, dashboards }: Model): Boards => ({
  free: freeLabelsOf(bot),
  of: new Map(
    dashboards.flatMap((board) => board.rows.flatMap((row) => row.panels.map(({ of }) => [of, board] as const))),
  ),
  at: new Map(dashboards.map((board) => [board.uid, board])),
})
