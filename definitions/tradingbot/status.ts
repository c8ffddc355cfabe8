import { card, quantiles, statusPage } from '../language/metrics.ts'
import { declared } from './metrics.ts'

/** The monitor of the bot itself, as far as it has metrics for it. */
export const status = statusPage('Trading Bot Monitor', [
  card('Balance', declared.balance_usdt),
  quantiles('Order latency', declared.order_latency_ms),
])
