import { createRequire } from 'node:module'

/** The labels of one series. */
export type PeerLabels = Readonly<Record<string, string>>

/** One library's counter `bench_orders_total` or histogram `bench_latency_seconds`, set up as its users do. */
export interface PeerMetric<Handle> {
  /** Writes to one series without passing its labels again; null if the library lacks that. */
  readonly bind: ((series: PeerLabels) => Handle) | null
  readonly write: (series: PeerLabels, value: number) => void
  /** Returns the whole exposition as bytes, in as many pieces as the library produces; a piece may be overwritten afterwards. */
  readonly page: (take: (piece: Uint8Array) => void) => Promise<void>
  /** Serves the exposition on loopback as the library's documentation recommends. */
  readonly serve: () => Promise<{ readonly port: number; readonly close: () => Promise<void> }>
}

export interface Increments {
  readonly inc: () => void
}
export interface Observes {
  readonly observe: (value: number) => void
}

/** A metrics library. */
export interface Peer {
  readonly name: string
  readonly counter: () => Promise<PeerMetric<Increments>>
  readonly histogram: () => Promise<PeerMetric<Observes>>
}

export const benchExchanges = ['binance', 'bybit', 'okx', 'upbit'] as const
export const sides = ['buy', 'sell'] as const
export const benchBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const
export const benchLabelNames = ['exchange', 'symbol', 'side', 'strategy'] as const

/** The requested number of series with four labels, in a fixed order. */
export function seriesOf(count: number): readonly PeerLabels[] {
  return Array.from({ length: count }, (_, i) => ({
    exchange: benchExchanges[i % 4] as string,
    symbol: `SYM${Math.floor(i / 128)}USDT`,
    side: sides[Math.floor(i / 4) % 2] as string,
    strategy: `strategy_${Math.floor(i / 8) % 16}`,
  }))
}

const packages = createRequire(new URL('../peers/package.json', import.meta.url))

/** A package from `test/bench/peers`, which only the benchmark installs. */
export const installedPackage = <T>(name: string): T => packages(name) as T
