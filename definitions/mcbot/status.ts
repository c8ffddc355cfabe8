import { card, quantiles, statusPage } from '../language/metrics.ts'
import { botMetrics } from './metrics.ts'

/** The status page that the bot itself serves at `/`, for when nothing else is up. */
export const status = statusPage('MC Coin Bot', [
  card('Balance', botMetrics.equity_usdt),
  card('Today’s PnL', botMetrics.today_pnl_usdt, { signed: true }),
  card('Orders filled', botMetrics.orders_total, { where: { status: 'filled' } }),
  card('Orders rejected', botMetrics.orders_total, { where: { status: 'rejected' } }),
  quantiles('Order latency', botMetrics.order_latency_seconds),
  card('Uptime', botMetrics.uptime_seconds),
  card('Drawdown', botMetrics.drawdown_pct),
  card('Trading mode', botMetrics.trading_mode),
  card('Last heartbeat', botMetrics.heartbeat_timestamp),
  card('Unrealized PnL', botMetrics.unrealized_pnl_usdt, { signed: true }),
  card('Positions', botMetrics.position_notional_usdt, { each: true }),
  card('Last exchange message', botMetrics.ws_last_message_age_seconds),
])
