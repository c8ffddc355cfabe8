import type { events } from '../../../definitions/tradingbot/log-events.ts'
import type { Log, LogOptions } from '../../../runtime/logs/index.ts'
import type { BotMetrics } from '../metrics.ts'
import type { Trades } from './trades.ts'

/** A function for each event of Trading Bot. */
export type BotLog = Log<typeof events>

type Updates = NonNullable<LogOptions<typeof events>['updates']>

/** What each line changes in the metrics: a fill in the log is a fill in the counter. */
export const updatesOf = (metrics: BotMetrics, trades: Trades): Updates => ({
  signal_generated: ({ symbol }) => metrics.signals_total.inc({ symbol }),
  order_placed: ({ symbol, side }) => metrics.orders_placed_total.inc({ symbol, side }),
  order_filled: ({ symbol, side, latency_ms, slippage_bps }) => {
    metrics.orders_total.inc({ symbol, side })
    metrics.order_latency_ms.observe({ symbol }, latency_ms)
    metrics.slippage_bps.observe({ symbol, side }, slippage_bps)
    trades.filled()
  },
  order_failed: ({ symbol, reason }) => metrics.orders_failed_total.inc({ symbol, reason }),
  api_error: ({ endpoint, kind }) => metrics.api_errors_total.inc({ endpoint, kind }),
})
