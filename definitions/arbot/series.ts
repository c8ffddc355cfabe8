import { alertStates, prometheus, scrape } from '../exporters/scrape.ts'
import { series } from '../language/index.ts'
import { watchdogMetrics } from '../language/metrics.ts'
import { botMetrics } from './metrics.ts'

/** The bot's own metrics, for use in rules and panels. */
export const metrics = series(botMetrics)
/** Metrics of the programs that run next to the bot. */
export const watchdog = series(watchdogMetrics)
export const pipelineMetrics = series({ ...prometheus, ...alertStates })
/** The scrape jobs of the bot and of its watchdog. */
export const job = 'arbot'
export const watchdogJob = 'arbot-watchdog'
/** Whether the bot answers its scrapes: 0 or 1 for each instance that there is. */
export const botUp = series(scrape).up.where({ job })
