import { oneOf, open } from '../language/metrics.ts'

/** A trading pair as the exchange spells it, such as BTCUSDT. */
export const symbol = open({ max: 20 })
export const side = oneOf('buy', 'sell')
/** The calls that the bot makes to the exchange. */
export const endpoint = oneOf('order', 'cancel', 'account', 'open_orders', 'ticker')
/** Why a call to the exchange failed. */
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
/** Why an order ended without a complete fill. */
export const failureReason = oneOf(
  'insufficient_balance',
  'price_filter',
  'min_notional',
  'rate_limit',
  'cancelled',
  'expired',
  'other',
)
/** What the books and the exchange can disagree about; an orphan is an order at the exchange that the books do not have. */
export const difference = oneOf('position', 'balance', 'open_order', 'orphan')
