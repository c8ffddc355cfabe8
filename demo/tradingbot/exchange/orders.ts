import { join } from 'node:path'
import { createKeptFile } from '../../paper/kept-file.ts'
import type { OrderEnd, PendingOrder } from './order.ts'

/** The orders at the exchange, which outlive the bot. */
interface ExchangeOrders {
  readonly pending: () => readonly PendingOrder[]
  readonly place: (order: PendingOrder) => void
  /** Half a second passes; returns the orders that are due, which are no longer pending. */
  readonly step: () => readonly PendingOrder[]
  readonly ended: (end: OrderEnd) => void
  /** Undefined if the order never arrived, or ended long ago. */
  readonly endOf: (id: string) => OrderEnd | undefined
  readonly save: () => void
}

interface Kept {
  readonly pending: readonly PendingOrder[]
  /** The last ones, oldest first. */
  readonly ends: readonly OrderEnd[]
}

/** How many ends are remembered. */
const most = 100

/** Continues with the orders in the folder; null starts without any. */
export function createExchangeOrders(folder: string | null): ExchangeOrders {
  const options = { bot: 'tradingbot', what: 'the orders at the exchange', read: keptIn }
  const file = folder === null ? null : createKeptFile(join(folder, 'exchange-orders.json'), options)
  let { pending, ends } = file?.known ?? { pending: [], ends: [] }
  return Object.freeze({
    pending: () => pending,
    place: (order: PendingOrder) => {
      pending = [...pending, order]
    },
    step: () => {
      const passed = pending.map((one) => ({ ...one, left: one.left - 1 }))
      pending = passed.filter(({ left }) => left > 0)
      return passed.filter(({ left }) => left <= 0)
    },
    ended: (end: OrderEnd) => {
      ends = [...ends, end].slice(-most)
    },
    endOf: (id: string) => ends.find(({ order }) => order.id === id),
    save: () => file?.save({ pending, ends }),
  })
}

function keptIn(given: unknown): Kept | null {
  const { pending, ends } = (given ?? {}) as Partial<Kept>
  const all = [...(Array.isArray(pending) ? pending : [null]), ...(Array.isArray(ends) ? ends : [null])]
  return all.every((one: Partial<PendingOrder> | null) => typeof one?.order?.id === 'string') ? (given as Kept) : null
}
