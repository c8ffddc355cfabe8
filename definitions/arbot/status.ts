import { card, quantiles, statusPage } from '../language/metrics.ts'
import { botMetrics } from './metrics.ts'

/** The status page that the bot itself serves at `/`. */
export const status = statusPage('ArBot', [
  card('Total PnL', botMetrics.pnl_total_usd, { signed: true }),
  card('Today’s PnL', botMetrics.pnl_daily_usd, { signed: true }),
  card('Drawdown', botMetrics.drawdown_pct),
  card('Win rate', botMetrics.win_rate),
  card('Unhedged value', botMetrics.unhedged_value_usd),
  card('Gross exposure', botMetrics.gross_exposure_usd),
  quantiles('Leg execution', botMetrics.order_execution_latency_ms),
  card('Circuit breaker', botMetrics.circuit_breaker_active),
  card('Last heartbeat', botMetrics.heartbeat_age),
  card('Uptime', botMetrics.uptime_seconds),
])
