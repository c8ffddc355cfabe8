import { scrape } from '../exporters/scrape.ts'
import { victoriaLogs } from '../exporters/victoria-logs.ts'
import { vlagent } from '../exporters/vlagent.ts'
import { vmalert } from '../exporters/vmalert.ts'
import { series } from '../language/query/series.ts'

/** The scrape jobs of the programs that a log needs. */
export const storeJob = 'victoria-logs'
export const agentJob = 'vlagent'
export const evaluatorJob = 'vmalert'

/** The metrics of the programs that a log needs, and of their scrapes. */
export const store = series(victoriaLogs)
export const agent = series(vlagent)
export const evaluator = series(vmalert)
export const up = series({ up: scrape.up }).up
