import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { type Defect, defect } from '../../definitions/language/defect.ts'
import { auto, milliseconds } from '../../definitions/language/duration.ts'
import { clashFinder, seriesNames } from '../../definitions/language/family.ts'
import { figuresOf } from '../../definitions/language/figures.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import { below, type Node } from '../../definitions/language/node.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { FigureHole } from '../../definitions/language/text.ts'
import { type Finding, type FindingSeverity, finding, type Subject } from '../model/finding.ts'
import { unusedTerms } from './glossary-findings.ts'
import {
  type KnownNames,
  knownNames,
  undeclaredMetric,
  unknownQueryNames,
  unreadable,
  unwatchedMetrics,
} from './known-names.ts'
import { fieldFindings, lineAlertDefects, linePanelDefects, uncertainText, unreadEvents } from './line-findings.ts'
import { silentAtZero } from './line-values.ts'
import { limitDefects } from './panel-limits.ts'
import type { Pass } from './pass.ts'
import { type OwnNodes, runbookDefects } from './runbook-findings.ts'

/** Reports what is wrong with a bot's definitions: the defects recorded in them, and what only shows when all are seen together. */
export const findingsPass: Pass = (bot, draft) => ({ bot, draft, findings: findingsOf(bot) })

function findingsOf(bot: Bot): readonly Finding[] {
  const known = knownNames(bot)
  const clashes = clashFinder()
  const limited = limitDefects(bot)
  const panels = Object.values(bot.dashboards).flatMap((board) => Object.values(board.panels))
  const own = {
    alerts: new Set(bot.alerts),
    panels: new Set(panels),
    titles: new Set(panels.map(({ title }) => title.toLowerCase())),
  }
  return [
    ...Object.values(bot.metrics).flatMap((metric) =>
      all({ ...metric, of: `metric ${metric.name}` }, unlike([...metric.defects, ...clashes(metric)])),
    ),
    ...bot.exporters
      .flatMap((e) => Object.values(e.metrics))
      .flatMap((metric) => all({ ...metric, of: `metric ${metric.name}` }, metric.defects)),
    ...bot.records.flatMap((of) =>
      all({ ...of, of: `recording rule ${of.name}` }, [
        ...of.defects,
        ...unknownQueryNames(known, of.of),
        ...rules(of.of),
      ]),
    ),
    ...bot.alerts.flatMap((alert) =>
      all(alertSubject(alert), [
        ...alert.defects,
        ...unknownQueryNames(known, alert.when),
        ...rules(alert.when),
        ...alertDefects(alert, known, own),
        ...lineAlertDefects(bot, alert),
      ]),
    ),
    ...bot.alerts.flatMap((alert) => all(alertSubject(alert), silentAtZero(bot, alert), 'warning')),
    ...Object.entries(bot.dashboards).flatMap(([key, board]) => [
      ...all({ of: `dashboard ${board.title}`, key, where: board.where }, board.defects),
      ...Object.values(board.variables).flatMap((variable) =>
        all({ of: `dashboard ${board.title}`, key, where: board.where }, [
          ...variable.defects,
          ...(isKnown(known, variable.metric) ? [] : [undeclaredMetric(known, variable.metric.name)]),
        ]),
      ),
      ...Object.values(board.panels).flatMap((panel) =>
        all(panelSubject(panel), [
          ...panel.defects,
          ...limited(panel),
          ...linePanelDefects(bot, panel),
          ...panel.show.flatMap((s) => unknownQueryNames(known, s.query)),
        ]),
      ),
      ...Object.values(board.panels).flatMap((panel) =>
        all(
          panelSubject(panel),
          panel.show.flatMap((s) => unreadable(s.query)),
          'warning',
        ),
      ),
    ]),
    ...all({ of: `bot ${bot.name}`, key: bot.name, where: bot.where }, [
      ...duplicates(bot),
      ...targetDefects(bot),
      ...retentionDefects(bot),
      ...managerDefects(bot),
    ]),
    ...unwatchedMetrics(bot),
    ...fieldFindings(bot),
    ...unreadEvents(bot),
    ...uncertainText(bot),
    ...all({ of: `bot ${bot.name}`, key: bot.name, where: bot.where }, unusedTerms(bot), 'warning'),
  ]
}

const all = (subject: Subject, defects: readonly Defect[], severity: FindingSeverity = 'error') =>
  defects.map((f) => finding({ of: subject.of, key: subject.key, where: subject.where }, f, severity))
const alertSubject = (alert: AnyAlert): Subject => ({ of: `alert ${alert.name}`, key: alert.key, where: alert.where })
const panelSubject = (panel: AnyPanel): Subject => ({ of: `panel ${panel.name}`, key: panel.key, where: panel.where })

/** Each catalogue has reported its own clashes; those between two catalogues show here. */
const unlike = (defects: readonly Defect[]): readonly Defect[] => [
  ...new Map(defects.map((f) => [`${f.code} ${f.message}`, f])).values(),
]
const isKnown = ({ names }: KnownNames, metric: Metric) => seriesNames(metric).some((name) => names.has(name))

/** What is allowed in a panel but not in a rule: one rule that Prometheus cannot parse makes it reject the whole file. */
function rules(node: Node): readonly Defect[] {
  const fitted = (n: Node): boolean =>
    ((n.kind === 'selector' || n.kind === 'subquery') && (n.range === auto || n.offset === auto)) ||
    below(n).some(fitted)
  if (!fitted(node)) return unreadable(node)
  const wrong = defect(
    'window-auto',
    'its window follows the zoom of a panel, which a rule does not have',
    "give it a fixed length, such as '5m'",
  )
  return [wrong, ...unreadable(node)]
}

function alertDefects(alert: AnyAlert, known: KnownNames, own: OwnNodes): Defect[] {
  const found: Defect[] = []
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(alert.name))
    found.push(
      defect(
        'alert-name',
        `alert name '${alert.name}' becomes a file name and a label value`,
        'use letters, digits and _ only',
      ),
    )
  for (const cause of alert.mutedBy)
    if (!own.alerts.has(cause))
      found.push(
        defect(
          'mute-unknown',
          `it is muted by ${cause.name || 'an alert without a name'}, which is not an alert of this bot`,
          'refer to an alert returned by alerts()',
        ),
      )
  for (const label of ['bot', 'env'])
    if (alert.of !== 'watchdog' && alert.of !== 'posted' && !alert.labels.includes(label))
      found.push(
        defect(
          'alert-label-lost',
          `its series have no label ${label}: the message cannot say which ${label === 'env' ? 'environment' : 'bot'} it is about, and it is routed as if there were only one`,
          `keep ${label}`,
        ),
      )
  found.push(...runbookDefects(alert, known, own))
  if (alert.lines === null) for (const figure of figuresOf(alert)) found.push(...figureDefects(alert, figure, known))
  return found
}

/** A figure is asked for the alert's own series, so it can have only their labels. */
function figureDefects(alert: AnyAlert, { query, labels, defects, name }: FigureHole, known: KnownNames): Defect[] {
  const more = labels.filter((label) => !alert.labels.includes(label))
  return [
    ...defects,
    ...unknownQueryNames(known, query),
    ...rules(query),
    ...(more.length === 0
      ? []
      : [
          defect(
            'summary-label',
            `the figure ${name} in its texts has the label ${more.join(', ')}, but the series of the alert have only ${alert.labels.join(', ')}`,
            "drop the label from the figure, such as with sum(…).by('instance')",
          ),
        ]),
  ]
}

function duplicates(bot: Bot): Defect[] {
  const twice = (what: string, names: readonly string[]) => {
    const seen = new Set<string>()
    const again = names.filter((name) => seen.size === seen.add(name).size)
    return [...new Set(again)].map((name) => defect('name-twice', `two ${what} are named ${name}`, 'rename one'))
  }
  return [
    ...twice(
      'alerts',
      bot.alerts.map((alert) => alert.name),
    ),
    ...twice(
      'recording rules',
      bot.records.map((of) => of.name),
    ),
    ...twice(
      'series',
      Object.values(bot.metrics).map((metric) => metric.name),
    ),
    ...twice(
      'dashboards',
      Object.values(bot.dashboards).map((board) => board.title),
    ),
  ]
}

/** If a metric has a label that its target also has, Prometheus renames the metric's to exported_… and keeps the target's value. */
function targetDefects(bot: Bot): Defect[] {
  const carried = new Map(
    Object.values(bot.metrics).flatMap((metric) =>
      Object.keys(metric.labels).map((label) => [label, metric.name] as const),
    ),
  )
  const free = [...new Set(bot.targets.flatMap((target) => Object.keys(target.labels ?? {})))]
  const environments = Object.keys(bot.environments)
  return [
    ...free
      .filter((label) => carried.has(label))
      .map((label) =>
        defect(
          'target-label',
          `a target has the label ${label}, and so does ${carried.get(label)}: Prometheus would rename the metric's label to exported_${label}`,
          'rename one of them',
        ),
      ),
    ...bot.targets
      .filter((target) => !environments.includes(target.env))
      .map((target) =>
        defect(
          'target-env',
          `the target ${target.address} is in the environment ${target.env}, which the bot does not have (${environments.join(', ')})`,
          'declare it under environments',
        ),
      ),
    ...environments
      .filter((env) => !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(env))
      .map((env) =>
        defect(
          'environment-name',
          `the environment '${env}' becomes part of file and receiver names`,
          'use lower-case letters, digits and hyphens only',
        ),
      ),
    ...(environments.length === 0
      ? [defect('environments-missing', 'the bot has no environment', 'declare at least one, such as paper')]
      : []),
  ]
}

/** Rejected until there is an output for it. */
const managerDefects = (bot: Bot): Defect[] =>
  bot.alertsManagedBy === 'grafana'
    ? [
        defect(
          'alerts-managed-by-grafana',
          'its alerts are managed by Grafana, which no output supports yet',
          "remove alertsManagedBy, or set it to 'prometheus'",
        ),
      ]
    : []

function retentionDefects(bot: Bot): Defect[] {
  const kept = milliseconds(bot.stack.retention) ?? 0
  const nodes = [
    ...bot.alerts.map((a) => a.when),
    ...bot.records.map((r) => r.of),
    ...Object.values(bot.dashboards).flatMap((b) => Object.values(b.panels).flatMap((p) => p.show.map((s) => s.query))),
  ]
  const longest = Math.max(0, ...nodes.map(longestWindow), ...bot.alerts.map((a) => milliseconds(a.for ?? '') ?? 0))
  return longest > kept
    ? [
        defect(
          'retention',
          `samples are kept for ${bot.stack.retention}, but a query looks back further`,
          'increase the retention',
        ),
      ]
    : []
}
const longestWindow = (node: Node): number => {
  const own =
    node.kind === 'selector' || node.kind === 'subquery'
      ? (milliseconds(node.range ?? '') ?? 0) + (milliseconds(node.offset ?? '') ?? 0)
      : 0
  return own + Math.max(0, ...below(node).map(longestWindow))
}
