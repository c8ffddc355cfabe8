import { join } from 'node:path'
import { createKeptFile } from '../../paper/kept-file.ts'
import type { AccountAnswer } from '../exchange/exchange.ts'
import type { Order } from '../exchange/order.ts'
import { bookedFill, type Change, changeOf, type Position } from './position.ts'

/** An order without an end. */
interface Sent {
  readonly order: Order
  /** In milliseconds since 1970. */
  readonly sentAt: number
}

/** What the bot believes: kept from what it sent and what the exchange reported, and compared with the exchange. */
export interface Books {
  /** Takes over what the exchange has; before that, the bot does not trade. */
  readonly adopt: (account: AccountAnswer) => void
  readonly isKnown: () => boolean
  readonly wallet: () => number
  readonly positions: () => ReadonlyMap<string, Position>
  /** The orders that were accepted and have no end. */
  readonly openOrders: () => readonly Order[]
  /** The orders that were sent, and of which the bot knows neither that they are open nor their end; oldest first. */
  readonly unresolved: () => readonly Sent[]
  /** To be called before the order is sent: a process that ends at that moment knows of it when it is started again. */
  readonly sent: (order: Order, sentAt: number) => void
  readonly accepted: (order: Order) => void
  /** The order has an end. */
  readonly ended: (order: Order) => void
  /** Books a fill; `size` is negative for a sale. */
  readonly filled: (symbol: string, size: number, price: number) => Change
  /** Everything that changed the wallet so far apart from fills. */
  readonly income: (total: number) => void
}

/** Continues with the orders in the folder, none of which is known to be open still; null starts without any. */
export function createBooks(folder: string | null): Books {
  let known: { wallet: number; income: number } | null = null
  const positions = new Map<string, Position>()
  const options = { bot: 'tradingbot', what: 'what was sent', read: sentIn }
  const file = folder === null ? null : createKeptFile(join(folder, 'orders.json'), options)
  const orders = new Map((file?.known ?? []).map((sent) => [sent.order.id, sent]))
  const open = new Set<string>()
  const save = () => file?.save([...orders.values()])
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
    openOrders: () => [...orders.values()].map(({ order }) => order).filter(({ id }) => open.has(id)),
    unresolved: () => [...orders.values()].filter(({ order }) => !open.has(order.id)),
    sent: (order: Order, sentAt: number) => {
      orders.set(order.id, { order, sentAt })
      save()
    },
    accepted: ({ id }: Order) => void open.add(id),
    ended: ({ id }: Order) => {
      open.delete(id)
      if (orders.delete(id)) save()
    },
    filled: (symbol: string, size: number, price: number): Change => {
      const before = positions.get(symbol) ?? null
      const booked = bookedFill(before, size, price)
      const { position, realized, fee } = booked
      if (position === null) positions.delete(symbol)
      else positions.set(symbol, position)
      add(realized - fee)
      return changeOf(before, size, booked)
    },
    income: (total: number) => {
      if (known === null) return
      add(total - known.income)
      known = { ...known, income: total }
    },
  })
}

function sentIn(given: unknown): readonly Sent[] | null {
  const isSent = ({ order, sentAt }: Partial<Sent>) => typeof order?.id === 'string' && typeof sentAt === 'number'
  return Array.isArray(given) && given.every((one) => isSent(one ?? {})) ? given : null
}
