import type { botMetrics } from '../../definitions/arbot/metrics.ts'
import type { Metrics } from '../../runtime/index.ts'

/** The metric handles of ArBot. */
export type BotMetrics = Metrics<typeof botMetrics>
