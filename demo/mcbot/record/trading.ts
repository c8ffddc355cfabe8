import type { Switches } from '../faults/switches.ts'
import type { BotMetrics } from '../metrics.ts'
import { symbols } from '../setting.ts'
import { priceOf, usdtOf } from '../trading/amount.ts'
import type { BookedFill, Events } from '../trading/desk.ts'
import type { Order } from '../trading/orders.ts'

/** By how many basis points the quotes behind the expected price lag under the slippage fault. */
const quotesLag = 40

/** Records the results of a trading step: signals, orders, fills, fees, realized profit and funding. */
export function recordTrading(metrics: BotMetrics, switches: Switches, events: Events): void {
  const { signals, orders, fills, fundings } = events
  for (const { strategy, symbol, side } of signals) {
    metrics.signals_total.inc({ symbol })
    metrics.strategy_signals_total.inc({ strategy, side })
  }
  for (const order of orders) {
    if (order.rejected === null) countOrder(metrics, order, 'ack')
    else {
      countOrder(metrics, order, 'rejected')
      metrics.order_rejected_total.inc({ symbol: order.symbol, reason: order.rejected })
    }
  }
  for (const fill of fills) recordFill(metrics, switches, fill)
  for (const { symbol, received } of fundings) {
    if (received > 0n) metrics.funding_received_usdt_total.inc({ symbol }, usdtOf(received))
    if (received < 0n) metrics.funding_paid_usdt_total.inc({ symbol }, usdtOf(-received))
  }
  if (switches.isOn('order-rejections'))
    for (const symbol of symbols) {
      metrics.orders_total.inc({ symbol, side: 'buy', order_type: 'limit', status: 'rejected' }, 2)
      metrics.order_rejected_total.inc({ symbol, reason: 'min_notional' }, 2)
    }
}

/** Records realized profit or loss, in one counter for each sign. */
export function recordRealized(metrics: BotMetrics, symbol: string, amount: bigint): void {
  if (amount > 0n) metrics.realized_profit_usdt_total.inc({ symbol }, usdtOf(amount))
  if (amount < 0n) metrics.realized_loss_usdt_total.inc({ symbol }, usdtOf(-amount))
}

const countOrder = (metrics: BotMetrics, { symbol, side, type }: Order, status: 'ack' | 'filled' | 'rejected') =>
  metrics.orders_total.inc({ symbol, side, order_type: type, status })

function recordFill(metrics: BotMetrics, switches: Switches, fill: BookedFill): void {
  const { strategy, symbol, side, latency } = fill.order
  metrics.fills_total.inc({ symbol, side })
  metrics.strategy_fills_total.inc({ strategy, side })
  const worse = (priceOf(fill.price) / priceOf(fill.expected) - 1) * (side === 'buy' ? 10_000 : -10_000)
  metrics.slippage_bps.observe({ symbol, side }, worse + (switches.isOn('high-slippage') ? quotesLag : 0))
  if (fill.fee < 0n) metrics.fee_rebates_usdt_total.inc({ symbol }, usdtOf(-fill.fee))
  else metrics.fees_usdt_total.inc({ symbol }, usdtOf(fill.fee))
  if (fill.realized !== null) recordRealized(metrics, symbol, fill.realized)
  if (!fill.last) return
  countOrder(metrics, fill.order, 'filled')
  metrics.order_latency_seconds.observe({ symbol }, latency)
}
