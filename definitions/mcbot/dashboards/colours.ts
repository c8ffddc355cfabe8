import type { Colour } from '../../language/index.ts'

// Each thing has the same colour on every dashboard; red, orange and green are reserved for good and bad.

/** Colours of the most traded pairs. */
export const symbolColours: Readonly<Record<string, Colour>> = {
  BTCUSDT: 'yellow',
  ETHUSDT: 'blue',
  BNBUSDT: 'pink',
  SOLUSDT: 'purple',
  AVAXUSDT: 'cyan',
}

export const strategyColours = { trend: 'blue', reversion: 'purple', breakout: 'cyan' } as const

/** Colours of the on-chain data providers. */
export const sourceColours = { coinmetrics: 'blue', defillama: 'purple', etherscan: 'cyan', mempool: 'pink' } as const

/** Outcomes of calls, fetches and orders: a single failure needs no action, and alerts fire when many fail. */
export const outcomeColours = {
  success: 'green',
  empty: 'grey',
  failure: 'orange',
  rate_limited: 'yellow',
  ack: 'blue',
  filled: 'green',
  rejected: 'orange',
} as const

/** Reasons for which the exchange rejects an order. */
export const reasonColours = {
  insufficient_margin: 'purple',
  min_notional: 'blue',
  price_filter: 'cyan',
  rate_limit: 'yellow',
  risk_limit: 'pink',
  other: 'grey',
} as const

/** Limits of the exchange. */
export const limitColours = { request_weight: 'yellow', orders: 'purple', ban: 'red' } as const

/** The exchange's endpoints. */
export const endpointColours = {
  order: 'blue',
  cancel: 'purple',
  account: 'yellow',
  klines: 'cyan',
  funding: 'pink',
  open_interest: 'grey',
} as const

/** The components of the bot. */
export const componentColours = {
  exchange: 'blue',
  execution: 'purple',
  feed: 'cyan',
  strategy: 'yellow',
  onchain: 'pink',
  risk: 'grey',
} as const

/** Usage, and the capacity it is shown against. */
export const usedColours = { used: 'blue', waiting: 'blue', open: 'blue', available: 'blue' } as const
export const roomColours = { limit: 'grey', capacity: 'grey', total: 'grey' } as const
