import { last_over_time } from '../language/index.ts'
import { metrics } from './series.ts'

/** What the bot held at its last scrape, also while it is down. */
export const lastHeld = Object.freeze({
  positions: last_over_time(metrics.open_positions.over('1d')),
  // the series of a position that was closed ends, and a window would count it on
  gross: last_over_time(metrics.equity_usdt.over('1d')).times(last_over_time(metrics.aggregate_leverage.over('1d'))),
  unprotected: last_over_time(metrics.positions_without_stop.over('1d')),
  orders: last_over_time(metrics.open_orders.over('1d')),
})
