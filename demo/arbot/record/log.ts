import type { events } from '../../../definitions/arbot/log-events.ts'
import type { Log, LogOptions } from '../../../runtime/logs/index.ts'
import type { BotMetrics } from '../metrics.ts'

/** A function for each event of ArBot. */
export type BotLog = Log<typeof events>

type Updates = NonNullable<LogOptions<typeof events>['updates']>

/** What each line changes in the metrics: a fill in the log is a fill in the counters. */
export const updatesOf = (metrics: BotMetrics): Updates => ({
  signal_detected: ({ strategy, spread_pct }) => {
    metrics.signals_detected_total.inc({ strategy })
    metrics.signal_spread_pct.observe({ strategy }, spread_pct)
  },
  signal_rejected: ({ strategy, reason }) => metrics.signals_rejected_total.inc({ strategy, reason }),
  leg_filled: ({ exchange, latency_ms, fee }) => {
    metrics.order_execution_latency_ms.observe({ exchange }, latency_ms)
    metrics.fees_usd_total.inc({ exchange }, fee)
  },
  leg_failed: ({ exchange, reason }) => metrics.order_failures_total.inc({ exchange, reason }),
  round_trip_closed: ({ strategy, result, expected_edge_bps, realized_edge_bps }) => {
    metrics.round_trips_total.inc({ strategy, result })
    metrics.edge_shortfall_bps.observe({ strategy }, expected_edge_bps - realized_edge_bps)
  },
  exchange_reconnected: ({ exchange }) => metrics.exchange_reconnects_total.inc({ exchange }),
  error: ({ component, kind }) => metrics.errors_total.inc({ component, kind }),
})
