import type { Bot } from '../../definitions/language/bot.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import { logDefinitions } from '../../definitions/logs/index.ts'
import { keepsLogs } from '../stack/logs.ts'
import type { Pass } from './pass.ts'

/** Adds the alerts about the log of a bot that keeps one; an alert of the same name in the bot's own definitions replaces one. */
export const logsPass: Pass = (bot, draft) => ({ bot: keepsLogs(bot) ? watchingLog(bot) : bot, draft, findings: [] })

function watchingLog(bot: Bot): Bot {
  const isCritical = bot.alerts.some(({ lines, severity }) => lines !== null && severity === 'critical')
  const { alerts, exporters } = logDefinitions({ job: bot.name, blind: isCritical ? 'critical' : 'warning' })
  const own = new Set(bot.alerts.map(({ name }) => name))
  const known = new Set(bot.exporters.flatMap(({ metrics }) => Object.values(metrics)).map(({ name }) => name))
  const missing = (metrics: Readonly<Record<string, Metric>>) =>
    Object.freeze(Object.fromEntries(Object.entries(metrics).filter(([, { name }]) => !known.has(name))))
  return Object.freeze({
    ...bot,
    exporters: Object.freeze([
      ...bot.exporters,
      ...exporters.map(({ job, metrics }) => ({ job, metrics: missing(metrics) })),
    ]),
    alerts: Object.freeze([...bot.alerts, ...alerts.filter(({ name }) => !own.has(name))]),
  })
}
