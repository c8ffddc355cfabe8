import { roundedTo } from '../../paper/rounded.ts'
import type { Exchange, Report } from '../exchange/exchange.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotLog } from '../record/log.ts'
import { stopDistance } from '../setting.ts'
import type { Books } from './books.ts'

interface ReporterOptions {
  readonly exchange: Exchange
  readonly books: Books
  readonly log: BotLog
  readonly switches: FaultSwitches
}

/** By how many basis points the quotes behind the expected price lag under the fault slippage. */
const lagOfQuotes = 25

/** Takes what the exchange reports into the books, and writes it to the log. */
export function createReporter(
  { exchange, books, log, switches }: ReporterOptions,
  balance: () => number,
): (report: Report) => void {
  const moved = (symbol: string, size: number, price: number) => {
    const [side, amount] = [size > 0 ? 'buy' : 'sell', Math.abs(size)] as const
    const change = books.filled(symbol, size, price)
    if (change.kind === 'opened') {
      log.position_opened({ symbol, side, price, amount })
      exchange.setStop(symbol, price * (1 - Math.sign(size) * stopDistance))
      return
    }
    const [pnl, pnl_pct] = [roundedTo(change.pnl, 4), roundedTo(change.pnlPercent, 4)]
    log.position_closed({ symbol, side, price, amount, pnl, pnl_pct, balance: roundedTo(balance(), 2) })
  }

  return (report) => {
    if (report.kind === 'stopped') {
      const held = books.positions().get(report.symbol)
      if (held !== undefined) moved(report.symbol, -held.size, report.price)
      return
    }
    const { order } = report
    const { id: order_id, symbol, side, amount } = order
    books.ended(order)
    if (report.kind === 'expired') {
      const { price } = order
      log.order_failed({ symbol, side, price, amount, reason: 'expired', error: 'not filled in time', order_id })
      return
    }
    const { price, latencyMs: latency_ms } = report
    const sign = side === 'buy' ? 1 : -1
    const worse = sign * (price / order.price - 1) * 10_000 + (switches.isOn('slippage') ? lagOfQuotes : 0)
    log.order_filled({ symbol, side, price, amount, latency_ms, slippage_bps: roundedTo(worse, 3), order_id })
    moved(symbol, sign * amount, price)
  }
}
