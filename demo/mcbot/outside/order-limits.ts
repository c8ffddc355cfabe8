import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'

/** Counts orders against the limits of the exchange. */
interface OrderLimits {
  readonly sent: () => void
}

/** Perpetual contracts have no daily limit. */
const limits = Object.freeze([
  { interval: '10s', length: 10_000, most: 300 },
  { interval: '1m', length: 60_000, most: 1200 },
] as const)

export function createOrderLimits(metrics: BotMetrics, switches: FaultSwitches, now: () => number): OrderLimits {
  const counts = limits.map(({ interval, length, most }) => {
    const count = { length, began: 0, used: 0 }
    metrics.exchange_orders_max.set({ interval }, most)
    metrics.exchange_orders_used.bind({ interval }).collect(() => {
      begin(count, now())
      return switches.isOn('order-limit') ? 0.95 * most : count.used
    })
    return count
  })
  return Object.freeze({
    sent: () => {
      for (const count of counts) {
        begin(count, now())
        count.used += 1
      }
    },
  })
}

/** Starts at 0 in a new interval; intervals follow the exchange's clock. */
function begin(count: { readonly length: number; began: number; used: number }, now: number): void {
  const began = Math.floor(now / count.length) * count.length
  if (began !== count.began) count.used = 0
  count.began = began
}
