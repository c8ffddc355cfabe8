import { oneOf, open } from '../language/metrics.ts'

/** An exchange as the bot spells it, such as upbit. */
export const exchange = open({ max: 10 })
/** A coin or a currency that the bot holds or trades, such as BTC. */
export const asset = open({ max: 20 })
/** Price differences between exchanges, around three pairs of one exchange, and from the usual distance of two prices. */
export const strategy = oneOf('spatial', 'triangular', 'statistical')
/** Why the bot did not execute a signal. */
export const rejection = oneOf(
  'below_minimum_edge',
  'position_limit',
  'daily_loss',
  'balance',
  'inventory',
  'stale_quote',
  'order_limit',
  'implausible_spread',
  'transfers_closed',
  'halted',
)
/** The part of the bot in which an error occurred. */
export const component = oneOf('market_data', 'orders', 'strategy', 'risk', 'storage')
/** What kind of error it was. */
export const errorKind = oneOf(
  'timeout',
  'connection',
  'rate_limit',
  'ban',
  'auth',
  'server',
  'invalid_response',
  'other',
)
/** Why a leg ended without a complete fill. */
export const failureReason = oneOf(
  'insufficient_balance',
  'price_filter',
  'min_notional',
  'rate_limit',
  'cancelled',
  'expired',
  'other',
)
/** What the books and an exchange can disagree about; an orphan is an order at the exchange that the books do not have. */
export const difference = oneOf('position', 'balance', 'open_order', 'orphan')
/** Why the bot opens no new round trips. */
export const halt = oneOf('daily_loss', 'drawdown', 'circuit_breaker', 'manual')
/** A reference rate: what one unit of the first currency costs in the second. */
export const rate = oneOf('KRW_USD', 'USDT_USD')
export const side = oneOf('buy', 'sell')
/** How a round trip ended, after all fees. */
export const result = oneOf('profit', 'loss')
/** A completed trading day, counted back from the current one. */
export const daysAgo = oneOf('1', '2', '3', '4', '5', '6', '7')
