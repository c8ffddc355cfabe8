import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import { logDefinitions } from '../../definitions/logs/index.ts'
import { keepsLogs } from '../stack/logs.ts'
import type { Pass } from './pass.ts'

/** Adds the alerts and the dashboard about the log of a bot that keeps one; an alert of the same name in the bot's own definitions replaces one. */
export const logsPass: Pass = (bot, draft) => ({ bot: keepsLogs(bot) ? watchingLog(bot) : bot, draft, findings: [] })

function watchingLog(bot: Bot): Bot {
  const isCritical = bot.alerts.some(({ lines, severity }) => lines !== null && severity === 'critical')
  const { alerts, dashboard, exporters } = logDefinitions({ job: bot.name, blind: isCritical ? 'critical' : 'warning' })
  const known = new Set(bot.exporters.flatMap(({ metrics }) => Object.values(metrics)).map(({ name }) => name))
  const missing = (metrics: Readonly<Record<string, Metric>>) =>
    Object.freeze(Object.fromEntries(Object.entries(metrics).filter(([, { name }]) => !known.has(name))))
  return Object.freeze({
    ...bot,
    exporters: Object.freeze([
      ...bot.exporters,
      ...exporters.map(({ job, metrics }) => ({ job, metrics: missing(metrics) })),
    ]),
    dashboards: Object.freeze({ ...bot.dashboards, logPipeline: dashboard }),
    alerts: Object.freeze([...bot.alerts, ...added(alerts, new Map(bot.alerts.map((alert) => [alert.name, alert])))]),
  })
}

/** The alerts that no own one replaces, muted by what replaces their causes: a critical one by a critical one only. */
function added(alerts: readonly AnyAlert[], own: ReadonlyMap<string, AnyAlert>): readonly AnyAlert[] {
  const known = new Map(own)
  // causes come before what they mute
  for (const alert of alerts) {
    if (known.has(alert.name)) continue
    const mutedBy = alert.mutedBy
      .map((cause) => known.get(cause.name) ?? cause)
      .filter(({ severity }) => alert.severity !== 'critical' || severity === 'critical')
    known.set(alert.name, Object.freeze({ ...alert, mutedBy: Object.freeze(mutedBy) }))
  }
  return [...known.values()].filter(({ name }) => !own.has(name))
}
