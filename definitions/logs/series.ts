import { scrape } from '../exporters/scrape.ts'
import { victoriaLogs } from '../exporters/victoria-logs.ts'
import { vlagent } from '../exporters/vlagent.ts'
import { vmalert } from '../exporters/vmalert.ts'
import { sum } from '../language/query/aggregate.ts'
import { series } from '../language/query/series.ts'
import { increaseFromZero } from '../language/query/window.ts'

/** The scrape jobs of the programs that a log needs. */
export const storeJob = 'victoria-logs'
export const agentJob = 'vlagent'
export const evaluatorJob = 'vmalert'

/** The metrics of the programs that a log needs, and of their scrapes. */
export const store = series(victoriaLogs)
export const agent = series(vlagent)
export const evaluator = series(vmalert)
/** What vlagent's own log says when it cannot open a file: it counts as a metric, and nothing else does. */
export const fileWarnings = agent.vm_log_messages_total.where({
  level: ['warn', 'error'],
  location: /.+file_collector[.]go:.+/,
})
/** Lines that the store took in a day: the time of its latest line says nothing, since a line may have one in the future. */
export const takenInDay = sum(increaseFromZero(store.vl_rows_ingested_total, '24h', store.process_start_time_seconds))
export const up = series({ up: scrape.up }).up
