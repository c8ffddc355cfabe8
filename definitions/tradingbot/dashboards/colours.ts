import type { Colour } from '../../language/index.ts'

// Each thing has the same colour on both dashboards; red, orange and green are reserved for good and bad.

export const symbolColours: Readonly<Record<string, Colour>> = {
  BTCUSDT: 'yellow',
  ETHUSDT: 'blue',
  SOLUSDT: 'purple',
}

/** Why a call to the exchange failed. */
export const kindColours = {
  timeout: 'yellow',
  connection: 'purple',
  rate_limit: 'pink',
  ban: 'red',
  auth: 'orange',
  server: 'blue',
  invalid_response: 'cyan',
  other: 'grey',
} as const

/** Why an order ended without a complete fill. */
export const reasonColours = {
  insufficient_balance: 'purple',
  price_filter: 'cyan',
  min_notional: 'blue',
  rate_limit: 'pink',
  cancelled: 'grey',
  expired: 'yellow',
} as const

/** What the books and the exchange can disagree about. */
export const differenceColours = { position: 'purple', balance: 'yellow', open_order: 'blue', orphan: 'pink' } as const

/** Quantiles of one histogram. */
export const quantileColours = { p50: 'cyan', p95: 'blue', p99: 'purple' } as const

/** The ten events of the log. */
export const eventColours = {
  order_placed: 'cyan',
  order_filled: 'green',
  order_failed: 'orange',
  position_opened: 'blue',
  position_closed: 'purple',
  signal_generated: 'yellow',
  risk_alert: 'pink',
  api_error: 'red',
  balance_update: 'grey',
  heartbeat: 'grey',
} as const
