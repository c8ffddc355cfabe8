import { afterFill, changedBy, type Fill, type Holdings, type Micros } from '../amount.ts'
import type { AccountAnswer } from '../exchange/exchange.ts'
import { type ExchangeName, exchanges } from '../setting.ts'

/** What the bot believes: kept from what it sent and what the exchanges reported, and compared with them. */
export interface Books {
  /** Takes over what an exchange has; before that, the bot does not trade there. */
  readonly adopt: (exchange: ExchangeName, answer: AccountAnswer) => void
  readonly isKnown: (exchange: ExchangeName) => boolean
  readonly holdings: (exchange: ExchangeName) => Holdings
  /** The ids of orders that were accepted and have no end. */
  readonly openOrders: (exchange: ExchangeName) => readonly string[]
  readonly accepted: (exchange: ExchangeName, id: string) => void
  readonly ended: (exchange: ExchangeName, id: string) => void
  readonly filled: (exchange: ExchangeName, fill: Fill) => void
  /** Everything that the exchange settled so far apart from fills and transfers. */
  readonly income: (exchange: ExchangeName, total: Micros) => void
  /** What arrived from another exchange, or left for one if negative. */
  readonly moved: (exchange: ExchangeName, asset: keyof Holdings, amount: Micros) => void
}

/** What the books have of one exchange. */
interface Page {
  readonly holdings: Holdings
  readonly income: Micros
}

export function createBooks(): Books {
  const pages = new Map<ExchangeName, Page>()
  const open = new Map<ExchangeName, ReadonlySet<string>>()
  const change = (exchange: ExchangeName, holdings: (before: Holdings) => Holdings, income?: Micros) => {
    const page = pages.get(exchange)
    if (page !== undefined) pages.set(exchange, { holdings: holdings(page.holdings), income: income ?? page.income })
  }
  const ids = (exchange: ExchangeName) => open.get(exchange) ?? new Set<string>()
  return Object.freeze({
    adopt: (exchange: ExchangeName, { holdings, income }: AccountAnswer) =>
      void pages.set(exchange, { holdings, income }),
    isKnown: (exchange: ExchangeName) => pages.has(exchange),
    holdings: (exchange: ExchangeName) => pages.get(exchange)?.holdings ?? {},
    openOrders: (exchange: ExchangeName) => [...ids(exchange)],
    accepted: (exchange: ExchangeName, id: string) => void open.set(exchange, new Set([...ids(exchange), id])),
    ended: (exchange: ExchangeName, id: string) =>
      void open.set(exchange, new Set([...ids(exchange)].filter((one) => one !== id))),
    filled: (exchange: ExchangeName, fill: Fill) => change(exchange, (before) => afterFill(before, fill)),
    income: (exchange: ExchangeName, total: Micros) => {
      const page = pages.get(exchange)
      if (page === undefined || page.income === total) return
      change(exchange, (before) => changedBy(before, exchanges[exchange].cash, total - page.income), total)
    },
    moved: (exchange: ExchangeName, asset: keyof Holdings, amount: Micros) =>
      change(exchange, (before) => changedBy(before, asset, amount)),
  })
}
