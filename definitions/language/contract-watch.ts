import type { Bot } from './bot.ts'
import { contractAlerts } from './contract-alerts.ts'
import { shortHash } from './contract-form.ts'
import { contractHash } from './contract-hash.ts'
import { type ContractMetrics, contractKeys } from './contract-metrics.ts'
import { contractDashboard, contractSeries, scrapeMetrics } from './contract-panels.ts'
import { sampleLimitOf } from './series-bound.ts'

/** A bot with the alerts and the dashboard about its contract; one whose metrics come from no catalogue stays as it is. */
export function watchingContract(bot: Bot): Bot {
  if (!contractKeys.every((key) => bot.metrics[key]?.ofContract)) return Object.freeze(bot)
  const metrics = Object.values(bot.metrics)
  const of = contractSeries(bot.metrics as unknown as ContractMetrics, bot.name)
  const limits = { hash: shortHash(contractHash(metrics)), samples: sampleLimitOf(metrics) }
  const board = contractDashboard(of, limits)
  const groups = contractAlerts(of, board.panels, limits)
  const known = new Set(bot.exporters.flatMap((e) => Object.values(e.metrics)).map(({ name }) => name))
  const scraped = Object.entries(scrapeMetrics as unknown as Bot['metrics']).filter(([name]) => !known.has(name))
  return Object.freeze({
    ...bot,
    exporters: Object.freeze([
      ...bot.exporters,
      { job: bot.name, metrics: Object.freeze(Object.fromEntries(scraped)) },
    ]),
    alerts: Object.freeze([...bot.alerts, ...groups.flatMap((group) => Object.values(group))]),
    dashboards: Object.freeze({ ...bot.dashboards, contract: board }),
  })
}
