import type { Api } from '../exchange/api.ts'
import type { AccountAnswer, Exchange } from '../exchange/exchange.ts'
import type { Order, OrderState } from '../exchange/order.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import type { Books } from '../trading/books.ts'

interface ReconciliationOptions {
  readonly metrics: BotMetrics
  readonly exchange: Exchange
  readonly api: Api
  readonly books: Books
  readonly switches: FaultSwitches
  readonly resolve: (order: Order, state: OrderState) => void
  readonly now: () => number
}

/** Steps between two reconciliations: twenty seconds. */
const reconciledEvery = 40
/** Of coins and of USDT: what the arithmetic of floating point leaves. */
const [leastSize, leastMoney] = [1e-6, 0.01]

/** Compares the books with the exchange, counts stops there, and asks what became of orders whose end is unknown. */
export function recordReconciliation(options: ReconciliationOptions): { readonly step: () => void } {
  const { metrics, exchange, api, books, switches, resolve, now } = options
  let orphans = 0
  metrics.open_orders.collect(() => books.openOrders().length + orphans)
  metrics.unresolved_orders.collect(() => books.unresolved().length)
  metrics.oldest_unresolved_order_timestamp.collect(() => {
    const [oldest] = books.unresolved()
    return oldest === undefined ? undefined : oldest.sentAt / 1000
  })
  let steps = 0
  return Object.freeze({
    step: () => {
      if (steps++ % reconciledEvery !== 0 || !books.isKnown() || !api.call('open_orders')) return
      const account = exchange.account()
      books.income(account.income)
      if (!switches.isOn('lost-order'))
        for (const { order } of books.unresolved()) resolve(order, exchange.order(order.id))
      const found = differences(books, account, exchange.openOrders())
      orphans = found.orphan
      for (const difference of ['position', 'balance', 'open_order', 'orphan'] as const)
        metrics.reconciliation_differences.set({ difference }, found[difference])
      const unprotected = [...account.positions.values()].filter(({ stop }) => stop === null)
      metrics.positions_without_stop.set(unprotected.length)
      metrics.reconciliation_timestamp.set(now() / 1000)
    },
  })
}

function differences(books: Books, account: AccountAnswer, openOrders: readonly string[]) {
  const mine = books.positions()
  const symbols = new Set([...mine.keys(), ...account.positions.keys()])
  const differ = (symbol: string) =>
    Math.abs((mine.get(symbol)?.size ?? 0) - (account.positions.get(symbol)?.size ?? 0)) > leastSize
  const known = books.openOrders().map(({ id }) => id)
  return {
    position: [...symbols].filter(differ).length,
    balance: Number(Math.abs(books.wallet() - account.wallet) > leastMoney),
    open_order: known.filter((id) => !openOrders.includes(id)).length,
    orphan: openOrders.filter((id) => !known.includes(id)).length,
  }
}
