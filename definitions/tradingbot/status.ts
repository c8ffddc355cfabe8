import { card, quantiles, statusPage } from '../language/metrics.ts'
import { botMetrics } from './metrics.ts'

/** The status page that the bot itself serves at `/`: the cards of the document, then what it does not have. */
export const status = statusPage('Trading Bot Monitor', [
  card('Balance', botMetrics.balance_usdt),
  card('Today’s PnL', botMetrics.daily_pnl, { signed: true }),
  card('Today’s PnL, percent', botMetrics.daily_pnl_pct, { signed: true }),
  card('Fills', botMetrics.orders_total),
  quantiles('Order latency', botMetrics.order_latency_ms),
  card('Drawdown', botMetrics.max_drawdown),
  card('Open positions', botMetrics.open_positions),
  card('Positions without stop', botMetrics.positions_without_stop),
  card('Last heartbeat', botMetrics.heartbeat_age),
  card('Uptime', botMetrics.uptime_seconds),
])
