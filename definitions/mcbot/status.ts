import { card, quantiles, statusPage } from '../language/metrics.ts'
import { declared } from './metrics.ts'

/** The status page that the bot itself serves at `/`, for when nothing else is up. */
export const status = statusPage('MC Coin Bot', [
  card('Balance', declared.equity_usdt),
  card('Today’s PnL', declared.today_pnl_usdt, { signed: true }),
  card('Orders filled', declared.orders_total, { where: { status: 'filled' } }),
  card('Orders rejected', declared.orders_total, { where: { status: 'rejected' } }),
  quantiles('Order latency', declared.order_latency_seconds),
  card('Uptime', declared.uptime_seconds),
  card('Drawdown', declared.drawdown_pct),
  card('Trading mode', declared.trading_mode),
  card('Last heartbeat', declared.heartbeat_timestamp),
  card('Unrealized PnL', declared.unrealized_pnl_usdt, { signed: true }),
  card('Positions', declared.position_notional_usdt, { each: true }),
  card('Last exchange message', declared.ws_last_message_age_seconds),
])
