import { node } from '../exporters/node.ts'
import { alertmanager, firing, prometheus, scrape } from '../exporters/scrape.ts'
import { series } from '../language/index.ts'
import { declared } from './metrics.ts'

/** The bot's own metrics, to ask in rules and panels. */
export const metrics = series(declared)
/** What the servers beside the bot expose. */
export const host = series(node)
export const scraped = series(scrape)
export const path = series({ ...prometheus, ...alertmanager, ...firing })
/** The scrape job of the bot. */
export const job = 'mcbot'
