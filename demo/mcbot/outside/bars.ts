import type { Clock } from '../clock.ts'
import { type FaultSwitches, faultySymbol } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'

/** Price bars, fetched by the bot when they close. */
interface Bars {
  /** Calls `closed` for each symbol whose hourly bar closed in this step. */
  readonly step: (closed: (symbol: string) => void) => void
}

/** Market hours of each. */
const timeframes = { '1h': 1, '4h': 4, '1d': 24 } as const

export function createBars(
  metrics: BotMetrics,
  switches: FaultSwitches,
  symbols: readonly string[],
  clock: Clock,
): Bars {
  let steps = 0
  /** Market hours up to which each symbol's bars have been fetched. */
  const fetched = new Map(symbols.map((symbol) => [symbol, 0]))
  const shortest = Math.min(...Object.values(timeframes)) * clock.secondsPerHour
  for (const symbol of symbols) metrics.bar_interval_seconds.set({ symbol }, shortest)
  return Object.freeze({
    step: (closed: (symbol: string) => void) => {
      const before = clock.hours(steps)
      steps += 1
      const now = clock.hours(steps)
      for (const symbol of symbols) {
        if (Math.floor(now) > Math.floor(before)) closed(symbol)
        // what closes meanwhile is fetched afterwards
        if (switches.isOn('exchange-maintenance')) continue
        const known = fetched.get(symbol) ?? 0
        fetched.set(symbol, now)
        if (symbol === faultySymbol && switches.isOn('bars-stale')) continue
        for (const [timeframe, hours] of Object.entries(timeframes) as [keyof typeof timeframes, number][]) {
          const bars = Math.floor(now / hours) - Math.floor(known / hours)
          if (bars === 0) continue
          metrics.bars_total.inc({ timeframe }, bars)
          metrics.last_bar_age_seconds.touch({ symbol })
        }
      }
    },
  })
}
