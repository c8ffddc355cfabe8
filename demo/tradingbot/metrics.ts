import type { botMetrics } from '../../definitions/tradingbot/metrics.ts'
import type { Metrics } from '../../runtime/index.ts'

/** The metric handles of Trading Bot. */
export type BotMetrics = Metrics<typeof botMetrics>
