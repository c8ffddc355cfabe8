import type { botMetrics } from '../../definitions/mcbot/metrics.ts'
import type { Metrics } from '../../runtime/index.ts'

/** The metric handles of MC Coin Bot. */
export type BotMetrics = Metrics<typeof botMetrics>
