import type { Change } from '../trading/position.ts'

/** An order as the exchange takes it. */
export interface Order {
  readonly id: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly amount: number
  /** The price that the bot expects. */
  readonly price: number
}

/** What becomes of an order. */
export interface Fate {
  /** Until it is filled, or until it expires. */
  readonly latencyMs: number
  /** By how many basis points the fill is worse than expected. */
  readonly slippage: number
  readonly expires: boolean
}

/** A fill, and what it did to the position. */
export interface Fill {
  readonly order: Order
  readonly price: number
  readonly latencyMs: number
  readonly change: Change
}

/** How an order ended. */
export type OrderEnd = ({ readonly kind: 'filled' } & Fill) | { readonly kind: 'expired'; readonly order: Order }

/** What the exchange answers about an order. */
export type OrderState = OrderEnd | { readonly kind: 'open' } | { readonly kind: 'unknown' }

/** An order that is neither filled nor expired. */
export interface PendingOrder extends Fate {
  readonly order: Order
  /** Steps until it is. */
  readonly left: number
}
