import { random } from '../../paper/random.ts'
import type { Clock } from '../clock.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'

/** On-chain data, fetched from several providers and cached by symbol. */
interface Onchain {
  readonly step: () => void
}

/** Typical fetch latency in seconds, market hours between fetches, and the data sets with their typical number of rows. */
const sources = Object.freeze({
  defillama: { latency: 2.5, every: 4.8, sets: { stablecoins: 1600, tvl: 2400 } },
  coinmetrics: { latency: 4, every: 6.4, sets: { active_addresses: 365, mvrv: 365 } },
  etherscan: { latency: 1.2, every: 4, sets: { gas: 288 } },
  mempool: { latency: 0.8, every: 3.2, sets: { fees: 144 } },
})

/** The symbols whose coins these providers cover: not AVAXUSDT. */
export const coveredSymbols: readonly string[] = Object.freeze(['BTCUSDT', 'ETHUSDT', 'BNBUSDT', 'SOLUSDT'])
export const sourceNames: readonly string[] = Object.freeze(Object.keys(sources))

const columns = 6
/** In market hours. */
const refreshedEvery = 8
const threeDays = 3 * 86_400

export function createOnchain(
  seed: string,
  metrics: BotMetrics,
  switches: FaultSwitches,
  now: () => number,
  clock: Clock,
): Onchain {
  const fetchers = Object.entries(sources).map(([source, { every, ...how }]) => {
    const draw = random(seed, `onchain ${source}`)
    const fetcher = { source, ...how, every: clock.steps(every), draw, lastSuccess: now() / 1000 }
    metrics.onchain_last_success_timestamp
      .bind({ source })
      .collect(() => fetcher.lastSuccess - (switches.isOn('onchain-stale') ? threeDays : 0))
    return fetcher
  })
  const cached = new Map(coveredSymbols.map((symbol) => [symbol, 0]))
  for (const symbol of coveredSymbols)
    metrics.onchain_cache_size
      .bind({ symbol })
      .collect(() => (switches.isOn('onchain-cache-empty') ? 0 : cached.get(symbol)))
  const draw = random(seed, 'onchain cache')
  const refreshEvery = clock.steps(refreshedEvery)
  let steps = 0

  const fetchFrom = ({ source, latency, sets, draw }: (typeof fetchers)[number]): boolean => {
    const luck = draw.next()
    const took = draw.lognormal(latency, 0.5)
    const sizes = Object.entries(sets).map(([name, rows]) => ({ name, rows: Math.round(draw.lognormal(rows, 0.02)) }))
    const ordinary = luck < 0.02 ? 'failure' : luck < 0.03 ? 'empty' : 'success'
    const status = switches.isOn('onchain-failures') ? 'failure' : ordinary
    metrics.onchain_fetch_total.inc({ source, status })
    metrics.onchain_fetch_latency_seconds.observe({ source }, took + (switches.isOn('onchain-slow') ? 80 : 0))
    if (status !== 'failure')
      for (const { name, rows } of sizes)
        metrics.onchain_fetch_rows.set({ source, name }, status === 'empty' ? 0 : rows)
    return status === 'success'
  }

  return Object.freeze({
    step: () => {
      steps += 1
      for (const fetcher of fetchers)
        if (steps % fetcher.every === 1 && fetchFrom(fetcher)) fetcher.lastSuccess = now() / 1000
      if (steps % refreshEvery !== 2) return
      const refreshed = !draw.chance(0.01)
      metrics.onchain_cache_refresh_total.inc({ status: refreshed ? 'success' : 'failure' })
      if (refreshed) for (const symbol of coveredSymbols) cached.set(symbol, columns)
    },
  })
}
