import { node } from '../exporters/node.ts'
import { alertmanager, firing, prometheus, scrape } from '../exporters/scrape.ts'
import { series } from '../language/index.ts'
import { declared } from './metrics.ts'

/** The bot's own metrics, for use in rules and panels. */
export const metrics = series(declared)
/** Metrics of the servers that run next to the bot. */
export const host = series(node)
export const scraped = series(scrape)
export const path = series({ ...prometheus, ...alertmanager, ...firing })
/** The bot's scrape job. */
export const job = 'mcbot'
