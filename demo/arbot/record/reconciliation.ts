import { type Api, callEvery } from '../exchange/api.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { BotMetrics } from '../metrics.ts'
import { coins, type ExchangeName, exchangeNames, exchanges } from '../setting.ts'
import type { Books } from '../trading/books.ts'

interface ReconciliationOptions {
  readonly metrics: BotMetrics
  readonly exchanges: ReadonlyMap<ExchangeName, Exchange>
  readonly apis: ReadonlyMap<ExchangeName, Api>
  readonly books: Books
  readonly now: () => number
}

/** Compares the books with what each exchange says, to the millionth: both count the same fills, each by itself. */
export function recordReconciliation({ metrics, exchanges: venues, apis, books, now }: ReconciliationOptions): {
  readonly step: (step: number) => void
} {
  return Object.freeze({
    step: (step: number) => {
      if (step % callEvery.open_orders !== 0) return
      for (const exchange of exchangeNames) {
        const venue = venues.get(exchange)
        if (venue === undefined || !books.isKnown(exchange) || !apis.get(exchange)?.call('open_orders')) continue
        const found = differences(exchange, books, venue)
        for (const difference of ['position', 'balance', 'open_order', 'orphan'] as const)
          metrics.reconciliation_differences.set({ exchange, difference }, found[difference])
        metrics.reconciliation_timestamp.set({ exchange }, now() / 1000)
      }
    },
  })
}

function differences(exchange: ExchangeName, books: Books, venue: Exchange) {
  const account = venue.account()
  const { cash } = exchanges[exchange]
  books.income(exchange, account.income)
  const mine = books.holdings(exchange)
  const open = venue.openOrders()
  const known = books.openOrders(exchange)
  return {
    position: coins.filter((coin) => (mine[coin] ?? 0) !== (account.holdings[coin] ?? 0)).length,
    balance: Number(mine[cash] !== account.holdings[cash]),
    open_order: known.filter((id) => !open.includes(id)).length,
    orphan: open.filter((id) => !known.includes(id)).length,
  }
}
