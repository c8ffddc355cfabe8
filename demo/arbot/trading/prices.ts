import { fromMicros, type Holdings } from '../amount.ts'
import type { Stream } from '../exchange/stream.ts'
import { isCoin } from '../market/market.ts'
import { fillPrice } from '../market/order-book.ts'
import { type Asset, type Coin, coins, type ExchangeName, exchangeNames, exchanges, type Pair } from '../setting.ts'
import type { Rates } from './rates.ts'

/** What assets are worth in USD, by the quotes that the bot received and its reference rates. */
export interface Prices {
  /** The price at which a number of coins would be bought or sold; undefined without a quote. */
  readonly executable: (exchange: ExchangeName, pair: Pair, side: 'buy' | 'sell', amount: number) => number | undefined
  /** The same in the quote of the pair. */
  readonly quoted: (exchange: ExchangeName, pair: Pair, side: 'buy' | 'sell', amount: number) => number | undefined
  /** The middle one of the prices of all exchanges, so that none of them can move it alone. */
  readonly of: (asset: Asset) => number
  readonly worth: (holdings: Holdings) => number
  /** Value of everything but cash, long and short alike. */
  readonly gross: (holdings: Holdings) => number
}

export function createPrices(streams: ReadonlyMap<ExchangeName, Stream>, rates: Rates): Prices {
  const quoted: Prices['quoted'] = (exchange, pair, side, amount) => {
    const quote = streams.get(exchange)?.quote(pair)
    return quote === undefined ? undefined : fillPrice(quote.book, side, amount)
  }
  const middle = (exchange: ExchangeName, base: Coin): number | undefined => {
    const { cash } = exchanges[exchange]
    const book = streams.get(exchange)?.quote({ base, quote: cash })?.book
    const [bid, ask] = [book?.bids[0], book?.asks[0]]
    return bid === undefined || ask === undefined ? undefined : ((bid.price + ask.price) / 2) * rates.usd(cash)
  }
  const of = (asset: Asset): number => {
    if (!isCoin(asset)) return rates.usd(asset)
    const known = exchangeNames.map((name) => middle(name, asset)).filter((price) => price !== undefined)
    return known.toSorted((a, b) => a - b)[Math.floor(known.length / 2)] ?? 0
  }
  const amounts = (holdings: Holdings) => Object.entries(holdings) as (readonly [Asset, number])[]
  return Object.freeze({
    quoted,
    executable: (exchange: ExchangeName, pair: Pair, side: 'buy' | 'sell', amount: number) => {
      const price = quoted(exchange, pair, side, amount)
      return price === undefined ? undefined : price * of(pair.quote)
    },
    of,
    worth: (holdings: Holdings) =>
      amounts(holdings).reduce((sum, [asset, amount]) => sum + fromMicros(amount) * of(asset), 0),
    gross: (holdings: Holdings) =>
      coins.reduce((sum, coin) => sum + Math.abs(fromMicros(holdings[coin] ?? 0)) * of(coin), 0),
  })
}
