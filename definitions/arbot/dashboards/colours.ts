import type { Colour } from '../../language/index.ts'

// Each thing has the same colour on all dashboards; red, orange and green are reserved for good and bad.

export const exchangeColours: Readonly<Record<string, Colour>> = { upbit: 'blue', binance: 'yellow', okx: 'purple' }
export const strategyColours = { spatial: 'cyan', triangular: 'purple', statistical: 'yellow' } as const
export const assetColours: Readonly<Record<string, Colour>> = { BTC: 'yellow', ETH: 'blue', XRP: 'cyan', SOL: 'purple' }
export const rateColours = { KRW_USD: 'blue', USDT_USD: 'purple' } as const

/** What kind of error it was. */
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

/** Why a leg ended without a complete fill. */
export const failureColours = {
  insufficient_balance: 'purple',
  price_filter: 'cyan',
  min_notional: 'blue',
  rate_limit: 'pink',
  cancelled: 'grey',
  expired: 'yellow',
} as const

/** Why a signal was not executed. */
export const rejectionColours = {
  below_minimum_edge: 'grey',
  position_limit: 'blue',
  daily_loss: 'red',
  balance: 'purple',
  inventory: 'yellow',
  stale_quote: 'cyan',
  order_limit: 'pink',
  implausible_spread: 'orange',
} as const

/** What the books and an exchange can disagree about. */
export const differenceColours = { position: 'purple', balance: 'yellow', open_order: 'blue', orphan: 'pink' } as const

/** How a round trip ended. */
export const resultColours = { profit: 'green', loss: 'red' } as const

/** The events of the log. */
export const eventColours = {
  signal_detected: 'yellow',
  signal_rejected: 'orange',
  leg_sent: 'cyan',
  leg_filled: 'green',
  leg_failed: 'red',
  round_trip_closed: 'blue',
  leg_unhedged: 'red',
  exchange_disconnected: 'pink',
  exchange_reconnected: 'purple',
  balance_update: 'grey',
  heartbeat: 'grey',
} as const
