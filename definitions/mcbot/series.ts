import { node } from '../exporters/node.ts'
import { relay } from '../exporters/relay.ts'
import { alertStates, prometheus, scrape } from '../exporters/scrape.ts'
import { series } from '../language/index.ts'
import { botMetrics } from './metrics.ts'

/** The bot's own metrics, for use in rules and panels. */
export const metrics = series(botMetrics)
/** Metrics of the servers that run next to the bot. */
export const hostMetrics = series(node)
export const scrapeMetrics = series(scrape)
export const pipelineMetrics = series({ ...prometheus, ...relay, ...alertStates })
/** The bot's scrape job. */
export const job = 'mcbot'
