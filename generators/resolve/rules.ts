import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { type Duration, durationText, milliseconds } from '../../definitions/language/duration.ts'
import { binary, call, type Node, type SelectorNode } from '../../definitions/language/node.ts'
import type { Severity } from '../../definitions/language/severity.ts'
import { baseUnit } from '../logsql/print.ts'
import { freeLabelsAt, freeLabelsOf } from '../model/free-labels.ts'
import type { AlertRule, Rule } from '../model/model.ts'
import type { Pass } from './pass.ts'

/** Each recording rule, and each alert with all defaults applied and one rule for each place that it watches. */
export const rulesPass: Pass = (bot, draft) => ({
  bot,
  draft: {
    ...draft,
    records: bot.records.map((of) => ({ name: of.name, help: of.help, expr: of.of, every: of.every, of })),
    alerts: bot.alerts.map((alert) => ruleOf(bot, alert)),
  },
  findings: [],
})

/** What an alert does when its definition does not say: a critical one must not wait long for its RESOLVED. */
const usual: Readonly<Record<Severity, { readonly cooldown: Duration; readonly remindEvery: Duration }>> = {
  critical: { cooldown: '5m', remindEvery: '1h' },
  warning: { cooldown: '10m', remindEvery: '6h' },
  info: { cooldown: '1h', remindEvery: '24h' },
}
/** Longer than it takes to notify of the bot's absence, so that a dead bot never shows as RESOLVED first. */
const usualKeepFiring: Duration = '3m'

function ruleOf(bot: Bot, alert: AnyAlert): AlertRule {
  // A dead man's switch waits for the watchdog, so nothing holds it back.
  const remindEvery = alert.remindEvery ?? (alert.of === 'watchdog' ? '1m' : usual[alert.severity].remindEvery)
  const cooldown = alert.cooldown ?? (alert.of === 'watchdog' ? remindEvery : usual[alert.severity].cooldown)
  return {
    name: alert.name,
    of: alert,
    severity: alert.severity,
    rules: rulesOf(bot, alert),
    hold: alert.for,
    keepFiringFor: keepFiringOf(alert),
    cooldown,
    remindEvery: multipleOf(remindEvery, cooldown),
    labels: alert.labels,
    unit: alert.lines === null ? alert.unit : baseUnit(alert.unit),
    summary: alert.summary,
    resolved: alert.resolved,
    mutedBy: alert.mutedBy.map((cause) => cause.name),
    panel: null,
  }
}

function rulesOf(bot: Bot, alert: AnyAlert): readonly Rule[] {
  switch (alert.of) {
    case 'absence':
      return absences(bot, alert)
    case 'posted':
    case 'logs':
      return []
    case 'condition':
    case 'watchdog':
    case 'quiet':
      return [{ expr: alert.when, for: alert.for, env: null }]
  }
}

const keepFiringOf = (alert: AnyAlert): string | null => {
  if (alert.keepFiringFor !== null) return milliseconds(alert.keepFiringFor) === 0 ? null : alert.keepFiringFor
  return alert.of === 'condition' ? usualKeepFiring : null
}

/** Alertmanager checks a group once per cooldown, so reminders come at multiples of it. */
function multipleOf(remindEvery: string, cooldown: string): string {
  const [wanted, step] = [milliseconds(remindEvery) ?? 0, milliseconds(cooldown) ?? 0]
  return step === 0 ? remindEvery : durationText(Math.ceil(wanted / step) * step)
}

/** The result of `absent()` has only the labels matched with `=`, so each expected target gets its own query. */
function absences(bot: Bot, alert: AnyAlert): readonly Rule[] {
  const of = alert.when
  if (of.kind !== 'selector') return []
  const absent = (labels: Readonly<Record<string, string>>): Node =>
    call('absent', narrowed(of, { ...labels, bot: bot.name, job: bot.name }))
  const chosen = Object.keys(bot.environments).map((env) => ({ expr: absent({ env }), for: alert.for, env }))
  const free = freeLabelsOf(bot)
  const fixed = bot.targets.map(({ env, labels }) => ({ ...freeLabelsAt(free, labels), env }))
  const each = [...new Map(fixed.map((labels) => [JSON.stringify(labels), labels])).values()]
  // one rule: two with the same name and severity that differ only in their expression would be taken for a mistake
  const [first, ...more] = each.map(absent)
  if (first === undefined) return chosen
  return [...chosen, { expr: more.reduce((all, one) => binary('or', all, one), first), for: alert.for, env: null }]
}

function narrowed(of: SelectorNode, labels: Readonly<Record<string, string>>): Node {
  const kept = of.matchers.filter((m) => !(m.label in labels))
  const added = Object.entries(labels).map(([label, value]) => Object.freeze({ label, op: '=' as const, value }))
  return Object.freeze({ ...of, matchers: Object.freeze([...kept, ...added]) })
}
