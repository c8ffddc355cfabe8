import { contractDefinitions } from '../../definitions/contract/index.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { contractKeys, wholeContract, withoutContract } from '../../definitions/language/contract-metrics.ts'
import { dependantsOf } from '../model/dependants.ts'
import { deliversMessages } from '../stack/relay.ts'
import type { Pass } from './pass.ts'

/**
 * Adds the alerts and the dashboard about the bot's contract, and makes its metrics about all of the bot's catalogues.
 * A bot that does not watch its contract loses those metrics instead; a bot without a catalogue stays unchanged.
 */
export const contractPass: Pass = (bot, draft) => ({ bot: watching(bot), draft, findings: [] })

function watching(bot: Bot): Bot {
  if (!bot.watchContract) return Object.freeze({ ...bot, metrics: withoutContract(bot.metrics) })
  const metrics = wholeContract(bot.metrics)
  if (!contractKeys.every((key) => metrics[key]?.ofContract)) return Object.freeze({ ...bot, metrics })
  const { alerts, dashboard, scraped } = contractDefinitions(
    metrics,
    { job: bot.name, scrape: bot.stack.scrape.bot },
    dependantsOf(bot).of,
  )
  const known = new Set(bot.exporters.flatMap((e) => Object.values(e.metrics)).map(({ name }) => name))
  const missing = Object.fromEntries(Object.entries(scraped).filter(([name]) => !known.has(name)))
  return Object.freeze({
    ...bot,
    metrics,
    exporters: Object.freeze([...bot.exporters, { job: bot.name, metrics: Object.freeze(missing) }]),
    // without our Alertmanager nothing can be held back
    alerts: Object.freeze([...bot.alerts, ...alerts.filter(({ of }) => of !== 'quiet' || deliversMessages(bot))]),
    dashboards: Object.freeze({ ...bot.dashboards, contract: dashboard }),
  })
}
