import type { Colour } from '../../language/index.ts'

// One thing has one colour on all dashboards; red, orange and green are kept for what is judged.

/** Of the pairs that are traded most. */
export const symbols: Readonly<Record<string, Colour>> = {
  BTCUSDT: 'yellow',
  ETHUSDT: 'blue',
  BNBUSDT: 'pink',
  SOLUSDT: 'purple',
  AVAXUSDT: 'cyan',
}

export const strategies = { trend: 'blue', reversion: 'purple', breakout: 'cyan' } as const

/** Who tells what is on the chain. */
export const sources = { coinmetrics: 'blue', defillama: 'purple', etherscan: 'cyan', mempool: 'pink' } as const

/** What came of a call, a fetch, an order; one that fails is no reason to act, and alerts tell when many do. */
export const outcomes = {
  success: 'green',
  empty: 'grey',
  failure: 'orange',
  rate_limited: 'yellow',
  ack: 'blue',
  filled: 'green',
  rejected: 'orange',
} as const

/** Why the exchange refused an order. */
export const reasons = {
  insufficient_margin: 'purple',
  min_notional: 'blue',
  price_filter: 'cyan',
  rate_limit: 'yellow',
  risk_limit: 'pink',
  other: 'grey',
} as const

/** Of what an exchange is asked. */
export const endpoints = {
  order: 'blue',
  cancel: 'purple',
  account: 'yellow',
  klines: 'cyan',
  funding: 'pink',
  open_interest: 'grey',
} as const

/** The parts of the bot. */
export const components = {
  exchange: 'blue',
  execution: 'purple',
  feed: 'cyan',
  strategy: 'yellow',
  onchain: 'pink',
  risk: 'grey',
} as const

/** What is used, and how much of it there is. */
export const used = { used: 'blue', waiting: 'blue', open: 'blue', available: 'blue' } as const
export const room = { limit: 'grey', capacity: 'grey', total: 'grey' } as const
