import type { Bot } from '../../definitions/language/bot.ts'
import { seriesBoundOf } from '../../definitions/language/series-bound.ts'
import type { Job } from '../model/model.ts'
import { keepsLogs, logJobs } from '../stack/logs.ts'
import { deliversMessages } from '../stack/relay.ts'
import type { Pass } from './pass.ts'

/** The scrape jobs, and how many series they can have. */
export const scrapesPass: Pass = (bot, draft) => {
  const series = Object.values(bot.metrics).reduce((sum, metric) => sum + seriesBoundOf(metric), 0)
  const seriesBound = series * (1 + bot.targets.length) + exporterSeries
  return { bot, draft: { ...draft, jobs: jobsOf(bot), seriesBound }, findings: [] }
}

/** What node exporter, Prometheus, Alertmanager and the relay expose together on a typical machine, rounded up. */
const exporterSeries = 3000

/** The job of a bot's watchdog, whose metrics are not metrics of the bot. */
const watchdogJob = (bot: Bot) => `${bot.name}-watchdog`

/** The scrape jobs of a bot. */
export const jobsOf = (bot: Bot): readonly Job[] => [
  { name: bot.name, interval: bot.stack.scrape.bot, kind: 'bot' },
  ...(bot.watchdog === null
    ? []
    : [{ name: watchdogJob(bot), interval: bot.stack.scrape.bot, kind: 'watchdog' } as const]),
  { name: 'node-exporter', interval: bot.stack.scrape.exporters, kind: 'node' },
  { name: 'prometheus', interval: bot.stack.scrape.exporters, kind: 'prometheus' },
  { name: 'alertmanager', interval: bot.stack.scrape.exporters, kind: 'alertmanager' },
  ...(deliversMessages(bot) ? [{ name: 'relay', interval: bot.stack.scrape.exporters, kind: 'relay' } as const] : []),
  ...(keepsLogs(bot) ? logJobs.map((name) => ({ name, interval: bot.stack.scrape.exporters, kind: name })) : []),
]
