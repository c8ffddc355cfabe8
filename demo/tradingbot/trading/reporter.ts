import { roundedTo } from '../../paper/rounded.ts'
import type { Exchange, Report } from '../exchange/exchange.ts'
import type { Fill, Order, OrderState } from '../exchange/order.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotLog } from '../record/log.ts'
import { stopDistance } from '../setting.ts'
import type { Books } from './books.ts'
import type { Change } from './position.ts'

interface ReporterOptions {
  readonly exchange: Exchange
  readonly books: Books
  readonly log: BotLog
  readonly switches: FaultSwitches
}

/** What the exchange says becomes of orders, in the books and in the log. */
interface Reporter {
  /** Takes what the exchange reports on the account stream. */
  readonly take: (report: Report) => void
  /** Takes what the exchange answers about an order; the books have what a fill changed from the account. */
  readonly resolve: (order: Order, state: OrderState) => void
}

/** By how many basis points the quotes behind the expected price lag under the fault slippage. */
const lagOfQuotes = 25

export function createReporter({ exchange, books, log, switches }: ReporterOptions, balance: () => number): Reporter {
  const protect = (symbol: string, size: number, price: number) =>
    exchange.setStop(symbol, price * (1 - Math.sign(size) * stopDistance))
  const moved = (symbol: string, size: number, price: number, change: Change) => {
    const [side, amount] = [size > 0 ? 'buy' : 'sell', Math.abs(size)] as const
    if (change.kind === 'opened') {
      log.position_opened({ symbol, side, price, amount })
      return
    }
    const [pnl, pnl_pct] = [roundedTo(change.pnl, 4), roundedTo(change.pnlPercent, 4)]
    log.position_closed({ symbol, side, price, amount, pnl, pnl_pct, balance: roundedTo(balance(), 2) })
  }
  const booked = (symbol: string, size: number, price: number) => {
    const change = books.filled(symbol, size, price)
    moved(symbol, size, price, change)
    if (change.kind === 'opened') protect(symbol, size, price)
  }
  const filled = ({ order, price, latencyMs: latency_ms }: Fill) => {
    const { id: order_id, symbol, side, amount } = order
    books.ended(order)
    const worse = signOf(order) * (price / order.price - 1) * 10_000 + (switches.isOn('slippage') ? lagOfQuotes : 0)
    log.order_filled({ symbol, side, price, amount, latency_ms, slippage_bps: roundedTo(worse, 3), order_id })
  }
  const failed = (order: Order, reason: 'expired' | 'other', error: string) => {
    const { id: order_id, ...fields } = order
    books.ended(order)
    log.order_failed({ ...fields, reason, error, order_id })
  }
  const expired = (order: Order) => failed(order, 'expired', 'not filled in time')

  return Object.freeze({
    take: (report: Report) => {
      switch (report.kind) {
        case 'stopped': {
          const held = books.positions().get(report.symbol)
          if (held !== undefined) booked(report.symbol, -held.size, report.price)
          return
        }
        case 'expired':
          expired(report.order)
          return
        case 'filled': {
          const { order, price } = report
          filled(report)
          booked(order.symbol, signOf(order) * order.amount, price)
        }
      }
    },
    resolve: (order: Order, state: OrderState) => {
      switch (state.kind) {
        case 'open':
          books.accepted(order)
          return
        case 'unknown':
          failed(order, 'other', 'Order does not exist. (-2013)')
          return
        case 'expired':
          expired(order)
          return
        case 'filled': {
          const { symbol, amount } = order
          filled(state)
          moved(symbol, signOf(order) * amount, state.price, state.change)
          const held = exchange.account().positions.get(symbol)
          if (held?.stop === null) protect(symbol, held.size, state.price)
        }
      }
    },
  })
}

const signOf = ({ side }: Order): number => (side === 'buy' ? 1 : -1)
