import { card, quantiles, statusPage } from '../language/metrics.ts'
import { botMetrics } from './metrics.ts'

/** The bot's own status page, limited to what it has metrics for. */
export const status = statusPage('Trading Bot Monitor', [
  card('Balance', botMetrics.balance_usdt),
  quantiles('Order latency', botMetrics.order_latency_ms),
])
