import { card, quantiles, statusPage } from '../language/metrics.ts'
import { declared } from './metrics.ts'

/** What the bot itself shows at `/`, for when nothing else runs. */
export const status = statusPage('MC Coin Bot', [
  card('Balance', declared.equity_usdt),
  card('Today’s PnL', declared.today_pnl_usdt, { signed: true }),
  card('Orders filled', declared.orders_total, { where: { status: 'filled' } }),
  card('Orders rejected', declared.orders_total, { where: { status: 'rejected' } }),
  quantiles('Order latency', declared.order_latency_seconds),
  card('Uptime', declared.uptime_seconds),
  card('Drawdown', declared.drawdown_pct),
  card('Trading mode', declared.trading_mode),
  card('Last turn of the main loop', declared.heartbeat_timestamp),
  card('Unrealized PnL', declared.unrealized_pnl_usdt, { signed: true }),
  card('Positions', declared.position_notional_usdt, { each: true }),
  card('Last message of the exchange', declared.ws_last_message_age_seconds),
])
