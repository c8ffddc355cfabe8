import { createRequire } from 'node:module'

/** The labels of one series. */
export type Series = Readonly<Record<string, string>>

/** One library's counter `bench_orders_total` or histogram `bench_latency_seconds`, set up as its users do. */
export interface Metric<Handle> {
  /** What writes to one series without naming its labels again; null where the library has no such thing. */
  readonly bind: ((series: Series) => Handle) | null
  readonly write: (series: Series, value: number) => void
  /** Hands out the whole exposition as bytes, in as many pieces as the library makes of it; a piece may be overwritten afterwards. */
  readonly page: (take: (piece: Uint8Array) => void) => Promise<void>
  /** Serves the exposition on loopback as the library's documentation says. */
  readonly serve: () => Promise<{ readonly port: number; readonly close: () => Promise<void> }>
}

export interface Increments {
  readonly inc: () => void
}
export interface Observes {
  readonly observe: (value: number) => void
}

/** A library that keeps metrics. */
export interface Peer {
  readonly name: string
  readonly counter: () => Promise<Metric<Increments>>
  readonly histogram: () => Promise<Metric<Observes>>
}

export const exchanges = ['binance', 'bybit', 'okx', 'upbit'] as const
export const sides = ['buy', 'sell'] as const
export const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const
export const labelNames = ['exchange', 'symbol', 'side', 'strategy'] as const

/** As many series as asked for, of four labels, in a fixed order. */
export function seriesOf(count: number): readonly Series[] {
  return Array.from({ length: count }, (_, i) => ({
    exchange: exchanges[i % 4] as string,
    symbol: `SYM${Math.floor(i / 128)}USDT`,
    side: sides[Math.floor(i / 4) % 2] as string,
    strategy: `strategy_${Math.floor(i / 8) % 16}`,
  }))
}

const packages = createRequire(new URL('../peers/package.json', import.meta.url))

/** A package of `test/bench/peers`, which only the bench installs. */
export const installed = <T>(name: string): T => packages(name) as T
