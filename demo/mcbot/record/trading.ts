import { type FaultSwitches, faultySymbol } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { symbols } from '../setting.ts'
import { priceOf, usdtOf } from '../trading/amount.ts'
import type { BookedFill, Events } from '../trading/desk.ts'
import { type Order, slippageOf } from '../trading/orders.ts'

/** By how many basis points the quotes behind the expected price lag under the slippage faults. */
const [everyLag, singleLag] = [30, 60]
const rejectedEach = 2

/** Records the results of each trading step: signals, orders, fills, fees, slippage, realized profit and funding. */
export function recordTrading(
  metrics: BotMetrics,
  switches: FaultSwitches,
): { readonly step: (events: Events) => void } {
  /** Unknown until the first order is answered. */
  let rejectedInARow: number | null = null
  let spoiled = false

  const count = (order: Order) => {
    const { symbol, rejected } = order
    countOrder(metrics, order, rejected === null ? 'ack' : 'rejected')
    if (rejected !== null) metrics.order_rejected_total.inc({ symbol, reason: rejected })
    if (rejected === null) rejectedInARow = 0
    else if (rejected !== 'min_notional') rejectedInARow = (rejectedInARow ?? 0) + 1
  }
  const lag = (symbol: string): number => {
    const strikes = switches.isOn('bad-fill') && !spoiled && symbol === faultySymbol
    if (strikes) spoiled = true
    return (strikes ? singleLag : 0) + (switches.isOn('high-slippage') ? everyLag : 0)
  }
  return Object.freeze({
    step: ({ signals, orders, fills, fundings }: Events) => {
      if (!switches.isOn('bad-fill')) spoiled = false
      for (const { strategy, symbol, side } of signals) {
        metrics.signals_total.inc({ symbol })
        metrics.strategy_signals_total.inc({ strategy, side })
      }
      for (const order of orders) count(order)
      for (const fill of fills) recordFill(metrics, fill, lag(fill.order.symbol))
      for (const { symbol, received } of fundings) {
        if (received > 0n) metrics.funding_received_usdt_total.inc({ symbol }, usdtOf(received))
        if (received < 0n) metrics.funding_paid_usdt_total.inc({ symbol }, usdtOf(-received))
      }
      if (switches.isOn('order-rejections'))
        for (const symbol of symbols) {
          metrics.orders_total.inc({ symbol, side: 'buy', order_type: 'limit', status: 'rejected' }, rejectedEach)
          metrics.order_rejected_total.inc({ symbol, reason: 'insufficient_margin' }, rejectedEach)
          rejectedInARow = (rejectedInARow ?? 0) + rejectedEach
        }
      if (rejectedInARow !== null) metrics.consecutive_rejections.set(rejectedInARow)
    },
  })
}

/** Records realized profit or loss, in one counter for each sign. */
export function recordRealized(metrics: BotMetrics, symbol: string, amount: bigint): void {
  if (amount > 0n) metrics.realized_profit_usdt_total.inc({ symbol }, usdtOf(amount))
  if (amount < 0n) metrics.realized_loss_usdt_total.inc({ symbol }, usdtOf(-amount))
}

const countOrder = (metrics: BotMetrics, { symbol, side, type }: Order, status: 'ack' | 'filled' | 'rejected') =>
  metrics.orders_total.inc({ symbol, side, order_type: type, status })

function recordFill(metrics: BotMetrics, fill: BookedFill, lag: number): void {
  const { strategy, symbol, side, latency } = fill.order
  metrics.fills_total.inc({ symbol, side })
  metrics.strategy_fills_total.inc({ strategy, side })
  const worse = (priceOf(fill.price) / priceOf(fill.expected) - 1) * (side === 'buy' ? 10_000 : -10_000)
  metrics.slippage_bps.observe({ symbol, side }, worse + lag)
  const cost = usdtOf(slippageOf(fill)) + (lag / 10_000) * Math.abs(usdtOf(fill.size * fill.expected))
  if (cost > 0) metrics.slippage_cost_usdt_total.inc({ symbol }, cost)
  else metrics.slippage_gain_usdt_total.inc({ symbol }, -cost)
  if (fill.fee < 0n) metrics.fee_rebates_usdt_total.inc({ symbol }, usdtOf(-fill.fee))
  else metrics.fees_usdt_total.inc({ symbol }, usdtOf(fill.fee))
  if (fill.realized !== null) recordRealized(metrics, symbol, fill.realized)
  if (!fill.last) return
  countOrder(metrics, fill.order, 'filled')
  metrics.order_latency_seconds.observe({ symbol }, latency)
}
