import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { type Duration, durationText, milliseconds } from '../../definitions/language/duration.ts'
import { binary, call, type Node, type SelectorNode } from '../../definitions/language/node.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import { seriesBoundOf } from '../../definitions/language/series-bound.ts'
import type { Severity } from '../../definitions/language/severity.ts'
import { type Finding, finding } from '../model/finding.ts'
import { freeLabelsAt, freeLabelsOf } from '../model/free-labels.ts'
import type { AlertRule, Board, Job, Model, PanelPlace, RecordRule, Rule, Threshold } from '../model/model.ts'
import type { Places } from '../model/places.ts'
import { durationWords } from '../text/duration-words.ts'
import { complaints } from './complaints.ts'
import { held, longHold } from './hold.ts'
import { placed } from './layout.ts'
import { looksAt, panelAlerts } from './panel-alerts.ts'
import { thresholdOf } from './thresholds.ts'
import { withFreeLabels } from './with-free-labels.ts'

interface Resolved {
  readonly model: Model
  readonly findings: readonly Finding[]
}

/** What an alert does when its definition does not say: a critical one must not wait long for its RESOLVED. */
const usual: Readonly<Record<Severity, { readonly cooldown: Duration; readonly remindEvery: Duration }>> = {
  critical: { cooldown: '5m', remindEvery: '1h' },
  warning: { cooldown: '10m', remindEvery: '6h' },
  info: { cooldown: '1h', remindEvery: '24h' },
}
/** Longer than the bot's own absence needs to be told, so that a dead bot never reads RESOLVED first. */
const usualKeepFiring: Duration = '3m'

/** Everything that follows from a bot, with every complaint about it; it never throws for a fault in a definition. */
export function resolve(given: Bot, places: Places): Resolved {
  const { bot, findings: ofLabels } = withFreeLabels(given)
  const jobs = jobsOf(bot)
  const boards = boardsOf(bot)
  const panelPlaces = placesOf(boards)
  const findings: Finding[] = [...complaints(given), ...ofLabels]
  const held: RecordRule[] = []
  const alerts = bot.alerts.map((alert) => {
    const made = ruleOf(bot, alert, panelPlaces)
    held.push(...made.records)
    findings.push(...made.findings)
    return made.rule
  })
  const records = [...bot.records.map((of) => ({ name: of.name, help: of.help, expr: of.of, of })), ...held]
  const series = Object.values(bot.metrics).reduce((sum, metric) => sum + seriesBoundOf(metric), 0)
  return {
    model: {
      bot,
      places,
      jobs,
      records,
      alerts,
      dashboards: boards,
      seriesBound: series * (1 + bot.targets.length) + exporterSeries,
    },
    findings,
  }
}

/** What node exporter, Prometheus and Alertmanager expose together on a usual machine, rounded up. */
const exporterSeries = 3000

/** The job of a bot's watchdog, whose metrics are no metrics of the bot. */
const watchdogJob = (bot: Bot) => `${bot.name}-watchdog`

const jobsOf = (bot: Bot): readonly Job[] => [
  { name: bot.name, interval: bot.stack.scrape.bot, kind: 'bot' },
  ...(bot.watchdog === null
    ? []
    : [{ name: watchdogJob(bot), interval: bot.stack.scrape.bot, kind: 'watchdog' } as const]),
  { name: 'node-exporter', interval: bot.stack.scrape.exporters, kind: 'node' },
  { name: 'prometheus', interval: bot.stack.scrape.exporters, kind: 'prometheus' },
  { name: 'alertmanager', interval: bot.stack.scrape.exporters, kind: 'alertmanager' },
]

interface Made {
  readonly rule: AlertRule
  readonly records: readonly RecordRule[]
  readonly findings: readonly Finding[]
}

function ruleOf(bot: Bot, alert: AnyAlert, places: ReadonlyMap<AnyPanel, PanelPlace>): Made {
  // A dead man's switch waits for the watchdog, so nothing holds it back.
  const remindEvery = alert.remindEvery ?? (alert.of === 'watchdog' ? '1m' : usual[alert.severity].remindEvery)
  const cooldown = alert.cooldown ?? (alert.of === 'watchdog' ? remindEvery : usual[alert.severity].cooldown)
  const timed = withHold(bot, alert)
  const [firstLook] = looksAt(alert)
  return {
    rule: {
      name: alert.name,
      of: alert,
      severity: alert.severity,
      rules: timed.rules,
      hold: alert.for,
      keepFiringFor: keepFiringOf(alert),
      cooldown,
      remindEvery: multipleOf(remindEvery, cooldown),
      labels: alert.labels,
      unit: alert.unit,
      summary: alert.summary,
      mutedBy: alert.mutedBy.map((cause) => cause.name),
      panel: firstLook === undefined ? null : (places.get(firstLook) ?? null),
    },
    records: timed.records,
    findings: timed.findings,
  }
}

const keepFiringOf = (alert: AnyAlert): string | null => {
  if (alert.keepFiringFor !== null) return milliseconds(alert.keepFiringFor) === 0 ? null : alert.keepFiringFor
  return alert.of === 'condition' ? usualKeepFiring : null
}

/** Alertmanager looks at a group once a cooldown, so a reminder comes at a multiple of it. */
function multipleOf(remindEvery: string, cooldown: string): string {
  const [wanted, step] = [milliseconds(remindEvery) ?? 0, milliseconds(cooldown) ?? 0]
  return step === 0 ? remindEvery : durationText(Math.ceil(wanted / step) * step)
}

interface Timed {
  readonly rules: readonly Rule[]
  readonly records: readonly RecordRule[]
  readonly findings: readonly Finding[]
}

function withHold(bot: Bot, alert: AnyAlert): Timed {
  const millis = alert.for === null ? 0 : (milliseconds(alert.for) ?? 0)
  if (alert.of === 'absence') return { rules: absences(bot, alert), records: [], findings: [] }
  if (millis < longHold) return { rules: [{ expr: alert.when, for: alert.for, env: null }], records: [], findings: [] }
  const made = held(alert.when, {
    hold: alert.for as string,
    holdMillis: millis,
    scraped: (name) => milliseconds(intervalOf(bot, name)) ?? 10_000,
    recorded: milliseconds(bot.stack.evaluate) ?? 15_000,
    name: `${bot.name}:${snake(alert.name)}:held`,
  })
  return {
    rules: [{ expr: made.expr, for: null, env: null }],
    records: made.records.map((r) => ({
      ...r,
      help: `What ${alert.name} compares, recorded so that it can be watched over ${durationWords(alert.for as string)}.`,
      of: null,
    })),
    findings: made.faults.map((fault) =>
      finding({ of: `alert ${alert.name}`, key: alert.key, where: alert.where }, fault),
    ),
  }
}

/** How often a series is sampled: recorded ones at each evaluation, the bot's at its scrape, the rest with the exporters. */
function intervalOf(bot: Bot, name: string): string {
  if (name.includes(':')) return bot.stack.evaluate
  return name.startsWith(`${bot.name}_`) ? bot.stack.scrape.bot : bot.stack.scrape.exporters
}

const snake = (name: string) => name.replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3_$2$4').toLowerCase()

/** `absent()` carries only what its selector asks for with `=`, so each target that there should be is asked for by itself. */
function absences(bot: Bot, alert: AnyAlert): readonly Rule[] {
  const of = alert.when
  if (of.kind !== 'selector') return []
  const absent = (labels: Readonly<Record<string, string>>): Node =>
    call('absent', asked(of, { ...labels, bot: bot.name, job: bot.name }))
  const chosen = Object.keys(bot.environments).map((env) => ({ expr: absent({ env }), for: alert.for, env }))
  const free = freeLabelsOf(bot)
  const fixed = bot.targets.map(({ env, labels }) => ({ ...freeLabelsAt(free, labels), env }))
  const each = [...new Map(fixed.map((labels) => [JSON.stringify(labels), labels])).values()]
  // one rule: two of one name and severity, which differ in their expression only, are taken for a mistake
  const [first, ...more] = each.map(absent)
  if (first === undefined) return chosen
  return [...chosen, { expr: more.reduce((all, one) => binary('or', all, one), first), for: alert.for, env: null }]
}

function asked(of: SelectorNode, labels: Readonly<Record<string, string>>): Node {
  const kept = of.matchers.filter((m) => !(m.label in labels))
  const added = Object.entries(labels).map(([label, value]) => Object.freeze({ label, op: '=' as const, value }))
  return Object.freeze({ ...of, matchers: Object.freeze([...kept, ...added]) })
}

function boardsOf(bot: Bot): readonly Board[] {
  const alertsOn = panelAlerts(bot)
  return Object.entries(bot.dashboards).map(([key, dashboard]) => ({
    key,
    uid: `${bot.name}-${key}`,
    title: dashboard.title,
    description: dashboard.description,
    from: dashboard.from,
    refresh: dashboard.refresh,
    variables: Object.entries(dashboard.variables).map(([name, of]) => ({ name, of })),
    links: dashboard.links,
    rows: placed(dashboard, (panel) => {
      const { looking, limiting } = alertsOn(panel)
      return {
        alerts: looking.map((alert) => alert.name),
        thresholds: limiting
          .map((alert) => thresholdOf(alert, panel))
          .filter((limit): limit is Threshold => limit !== null && Number.isFinite(limit.value)),
      }
    }),
  }))
}

/** Where each panel stands first. */
function placesOf(boards: readonly Board[]): ReadonlyMap<AnyPanel, PanelPlace> {
  const places = new Map<AnyPanel, PanelPlace>()
  for (const board of boards)
    for (const { of, id } of board.rows.flatMap((row) => row.panels))
      if (!places.has(of)) places.set(of, { dashboard: board.key, uid: board.uid, id, title: of.title })
  return places
}
