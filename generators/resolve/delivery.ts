import { deliveryDefinitions } from '../../definitions/delivery/index.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { deliversMessages } from '../stack/relay.ts'
import type { Pass } from './pass.ts'

/** Adds the alerts about the delivery of messages; an alert of the same name in the bot's own definitions replaces one, and its own watchdog ours. */
export const deliveryPass: Pass = (bot, draft) => ({
  bot: deliversMessages(bot) ? watchingDelivery(bot) : bot,
  draft,
  findings: [],
})

function watchingDelivery(bot: Bot): Bot {
  const { alerts, job, metrics } = deliveryDefinitions
  const own = new Set(bot.alerts.map(({ name }) => name))
  const isWatched = bot.alerts.some(({ of }) => of === 'watchdog')
  const added = alerts.filter(({ name, of }) => !own.has(name) && !(of === 'watchdog' && isWatched))
  const known = new Set(bot.exporters.flatMap((exporter) => Object.values(exporter.metrics)).map(({ name }) => name))
  const missing = Object.fromEntries(Object.entries(metrics).filter(([, { name }]) => !known.has(name)))
  return Object.freeze({
    ...bot,
    exporters: Object.freeze([...bot.exporters, { job, metrics: Object.freeze(missing) }]),
    alerts: Object.freeze([...bot.alerts, ...added]),
  })
}
