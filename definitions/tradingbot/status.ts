import { card, quantiles, statusPage } from '../language/metrics.ts'
import { declared } from './metrics.ts'

/** The bot's own status page, limited to what it has metrics for. */
export const status = statusPage('Trading Bot Monitor', [
  card('Balance', declared.balance_usdt),
  quantiles('Order latency', declared.order_latency_ms),
])
