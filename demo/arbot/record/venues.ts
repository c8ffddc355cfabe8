import { random } from '../../paper/random.ts'
import { type Api, callEvery } from '../exchange/api.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Stream } from '../exchange/stream.ts'
import type { BotMetrics } from '../metrics.ts'
import { type Asset, coins, type ExchangeName, exchangeNames, exchanges } from '../setting.ts'

interface VenuesOptions {
  readonly seed: string
  readonly metrics: BotMetrics
  readonly exchanges: ReadonlyMap<ExchangeName, Exchange>
  readonly apis: ReadonlyMap<ExchangeName, Api>
  readonly streams: ReadonlyMap<ExchangeName, Stream>
  readonly now: () => number
}

/** What the bot knows of the exchanges themselves. */
interface Venues {
  readonly step: (step: number) => void
  /** Milliseconds that the oldest quote of the exchange is old, by its own clock; undefined before the first one. */
  readonly quoteAge: (exchange: ExchangeName) => number | undefined
  /** Whether both deposits and withdrawals of an asset are open. */
  readonly transfersOpen: (exchange: ExchangeName, asset: Asset) => boolean
}

/** Standard deviation of a measured clock offset in milliseconds: half of what the way there and back differs. */
const measured = 4

/** Records clocks, open transfers, limits and the age of quotes of each exchange. */
export function recordVenues({ seed, metrics, exchanges: venues, apis, streams, now }: VenuesOptions): Venues {
  const offsets = new Map<ExchangeName, number>()
  const closed = new Set<string>()
  const draws = new Map(exchangeNames.map((name) => [name, random(seed, `clock ${name}`)]))
  const quoteAge = (exchange: ExchangeName) => streams.get(exchange)?.age(offsets.get(exchange) ?? 0)

  const readClock = (exchange: ExchangeName, venue: Exchange) => {
    const error = measured * (draws.get(exchange)?.normal() ?? 0)
    if (!apis.get(exchange)?.call('time')) return
    const offset = Math.round(venue.clock() - now() + error)
    offsets.set(exchange, offset)
    metrics.clock_offset_ms.set({ exchange }, offset)
  }
  const readTransfers = (exchange: ExchangeName, venue: Exchange) => {
    if (!apis.get(exchange)?.call('transfers')) return
    for (const asset of [...coins, exchanges[exchange].cash]) {
      const { deposits, withdrawals } = venue.transfersOpen(asset)
      metrics.deposits_open.set({ exchange, asset }, deposits ? 1 : 0)
      metrics.withdrawals_open.set({ exchange, asset }, withdrawals ? 1 : 0)
      if (deposits && withdrawals) closed.delete(`${exchange} ${asset}`)
      else closed.add(`${exchange} ${asset}`)
    }
  }
  for (const exchange of exchangeNames) metrics.quote_age_ms.bind({ exchange }).collect(() => quoteAge(exchange))
  return Object.freeze({
    step: (step: number) => {
      for (const [exchange, venue] of venues) {
        if (step % callEvery.time === 0) readClock(exchange, venue)
        if (step % callEvery.transfers === 0) readTransfers(exchange, venue)
        metrics.order_limit_used.set({ exchange }, apis.get(exchange)?.orderLimitUsed() ?? 0)
      }
    },
    quoteAge,
    transfersOpen: (exchange: ExchangeName, asset: Asset) => !closed.has(`${exchange} ${asset}`),
  })
}
