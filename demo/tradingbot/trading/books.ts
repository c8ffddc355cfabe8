import type { AccountAnswer, Order } from '../exchange/exchange.ts'
import { bookedFill, type Position } from './position.ts'

/** An order whose answer was lost. */
interface Unresolved {
  readonly order: Order
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt: number
}

/** What a fill did to a position. */
type Change =
  | { readonly kind: 'opened' }
  | { readonly kind: 'closed'; readonly pnl: number; readonly pnlPercent: number }

/** What the bot believes: kept from what it sent and what the exchange reported, and compared with the exchange. */
export interface Books {
  /** Takes over what the exchange has; before that, the bot does not trade. */
  readonly adopt: (account: AccountAnswer) => void
  readonly isKnown: () => boolean
  readonly wallet: () => number
  readonly positions: () => ReadonlyMap<string, Position>
  /** The orders that were accepted and have no end. */
  readonly openOrders: () => readonly Order[]
  readonly unresolved: () => readonly Unresolved[]
  readonly accepted: (order: Order) => void
  readonly lost: (order: Order, sentAt: number) => void
  /** The order has an end. */
  readonly ended: (order: Order) => void
  /** Books a fill; `size` is negative for a sale. */
  readonly filled: (symbol: string, size: number, price: number) => Change
  /** Everything that changed the wallet so far apart from fills. */
  readonly income: (total: number) => void
}

export function createBooks(): Books {
  let known: { wallet: number; income: number } | null = null
  const positions = new Map<string, Position>()
  const open = new Map<string, Order>()
  const unresolved = new Map<string, Unresolved>()
  const add = (amount: number) => {
    if (known !== null) known = { ...known, wallet: known.wallet + amount }
  }
  return Object.freeze({
    adopt: (account: AccountAnswer) => {
      known = { wallet: account.wallet, income: account.income }
      for (const [symbol, { size, entry }] of account.positions) positions.set(symbol, { size, entry })
    },
    isKnown: () => known !== null,
    wallet: () => known?.wallet ?? 0,
    positions: () => positions,
    openOrders: () => [...open.values()],
    unresolved: () => [...unresolved.values()],
    accepted: (order: Order) => void open.set(order.id, order),
    lost: (order: Order, sentAt: number) => void unresolved.set(order.id, { order, sentAt }),
    ended: (order: Order) => {
      open.delete(order.id)
      unresolved.delete(order.id)
    },
    filled: (symbol: string, size: number, price: number): Change => {
      const before = positions.get(symbol) ?? null
      const { position, realized, fee } = bookedFill(before, size, price)
      if (position === null) positions.delete(symbol)
      else positions.set(symbol, position)
      add(realized - fee)
      if (before === null || before.size * size > 0) return { kind: 'opened' }
      const cost = Math.abs(size) * before.entry
      return { kind: 'closed', pnl: realized - fee, pnlPercent: (100 * (realized - fee)) / cost }
    },
    income: (total: number) => {
      if (known === null) return
      add(total - known.income)
      known = { ...known, income: total }
    },
  })
}
