import { last_over_time } from '../language/index.ts'
import { metrics } from './series.ts'

/** What the bot held at its last scrape, also while it is down. */
export const lastHeld = Object.freeze({
  positions: last_over_time(metrics.open_positions.over('1d')),
  exposure: last_over_time(metrics.exposure_usdt.over('1d')),
  unprotected: last_over_time(metrics.positions_without_stop.over('1d')),
  orders: last_over_time(metrics.open_orders.over('1d')),
})
