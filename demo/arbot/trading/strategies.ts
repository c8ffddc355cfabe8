import { fromMicros, type Micros, micros } from '../amount.ts'
import { type Coin, coins, type ExchangeName, exchanges, type Pair, stake, stepsIn } from '../setting.ts'
import type { Prices } from './prices.ts'

/** One leg as a strategy wants it: of an amount, or of what the leg before it cost in its quote. */
export interface Plan {
  readonly exchange: ExchangeName
  readonly pair: Pair
  readonly side: 'buy' | 'sell'
  readonly amount: Micros | 'cost of the cross leg'
  /** Expected, in USD. */
  readonly price: number
}

/** What a strategy detected. */
export interface Signal {
  readonly strategy: 'spatial' | 'triangular' | 'statistical'
  readonly coin: Coin
  readonly buy: ExchangeName
  readonly sell: ExchangeName
  /** Shares of the stake: before fees, and after those of all legs. */
  readonly spread: number
  readonly edge: number
  /** Legs that are sent together, one group after another. */
  readonly groups: readonly (readonly Plan[])[]
  /** Whether to send the last group, so many steps after the one before it; at once if there is none. */
  readonly closes?: (steps: number) => boolean
}

/** A spread that is worth looking at, for each strategy, and when two prices are back at their usual distance. */
const [least, reverted] = [{ spatial: 0.0006, triangular: 0.0009, statistical: 0.0012 }, 0.0002]
const pause = stepsIn(12)
const [longest, learned] = [stepsIn(90), stepsIn(60)]
/** Share of the distance of two prices that each step adds to the usual one. */
const learning = 0.002
/** Half a spread of an order book, twice on each side of a round trip that is opened and closed. */
const halfSpread = 0.00005

const pairAt = (exchange: ExchangeName, base: Coin): Pair => ({ base, quote: exchanges[exchange].cash })

/** The three strategies: what they detect in a step. */
export function createStrategies(prices: Prices): { readonly step: () => readonly Signal[] } {
  const lines = [...spatial(prices), ...triangular(prices), ...statistical(prices)].map((detect) => ({
    detect,
    left: 0,
  }))
  return Object.freeze({
    step: () =>
      lines.flatMap((line) => {
        line.left -= 1
        const signal = line.detect()
        if (signal === null || line.left > 0 || signal.spread < least[signal.strategy]) return []
        line.left = pause
        return [signal]
      }),
  })
}

type Detect = () => Signal | null

/** Buys a coin where it is cheap and sells it where it is dear. */
const spatial = (prices: Prices): readonly Detect[] =>
  coins.flatMap((coin) =>
    (
      [
        ['upbit', 'okx'],
        ['okx', 'upbit'],
        ['upbit', 'binance'],
        ['binance', 'upbit'],
      ] as const
    ).map(([buy, sell]) => () => {
      const amount = micros(stake / prices.of(coin))
      const size = fromMicros(amount)
      const paid = prices.executable(buy, pairAt(buy, coin), 'buy', size)
      const got = prices.executable(sell, pairAt(sell, coin), 'sell', size)
      if (paid === undefined || got === undefined) return null
      const spread = got / paid - 1
      const groups = [
        [
          { exchange: buy, pair: pairAt(buy, coin), side: 'buy', amount, price: paid },
          { exchange: sell, pair: pairAt(sell, coin), side: 'sell', amount, price: got },
        ],
      ] as const
      const edge = spread - exchanges[buy].fee - exchanges[sell].fee
      return { strategy: 'spatial', coin, buy, sell, spread, edge, groups } satisfies Signal
    }),
  )

/** Goes round three pairs of one exchange: cash, ETH, BTC, cash, or the other way round. */
const triangular = (prices: Prices): readonly Detect[] =>
  (['upbit', 'okx'] as const).flatMap((exchange) =>
    (['sell', 'buy'] as const).map((cross) => () => {
      const { fee } = exchanges[exchange]
      const other = cross === 'sell' ? 'buy' : 'sell'
      const amount = micros(stake / prices.of('ETH'))
      const size = fromMicros(amount)
      const pair: Pair = { base: 'ETH', quote: 'BTC' }
      const eth = prices.executable(exchange, pairAt(exchange, 'ETH'), other, size)
      const rate = prices.quoted(exchange, pair, cross, size)
      const btc = prices.executable(exchange, pairAt(exchange, 'BTC'), cross, stake / prices.of('BTC'))
      if (eth === undefined || rate === undefined || btc === undefined) return null
      const spread = cross === 'sell' ? (rate * btc) / eth - 1 : eth / (rate * btc) - 1
      const groups = [
        [{ exchange, pair: pairAt(exchange, 'ETH'), side: other, amount, price: eth }],
        [{ exchange, pair, side: cross, amount, price: rate * prices.of('BTC') }],
        [{ exchange, pair: pairAt(exchange, 'BTC'), side: cross, amount: 'cost of the cross leg', price: btc }],
      ] as const
      const edge = spread - 3 * fee
      return {
        strategy: 'triangular',
        coin: 'ETH',
        buy: exchange,
        sell: exchange,
        spread,
        edge,
        // coins that are there are sold first, so that the amount of each leg is known
        groups: cross === 'sell' ? groups : [groups[1], groups[0], groups[2]],
      } satisfies Signal
    }),
  )

/** Bets that the distance of two prices of a coin goes back to its usual one. */
const statistical = (prices: Prices): readonly Detect[] =>
  coins.map((coin) => {
    let [usual, seen] = [0, 0]
    const distance = (size: number) => {
      const on = (name: ExchangeName, side: 'buy' | 'sell') => prices.executable(name, pairAt(name, coin), side, size)
      const [bid, ask, otherBid, otherAsk] = [
        on('binance', 'sell'),
        on('binance', 'buy'),
        on('okx', 'sell'),
        on('okx', 'buy'),
      ]
      if (bid === undefined || ask === undefined || otherBid === undefined || otherAsk === undefined) return null
      return { log: Math.log((bid + ask) / (otherBid + otherAsk)), prices: { bid, ask, otherBid, otherAsk } }
    }
    return () => {
      const amount = micros(stake / prices.of(coin))
      const now = distance(fromMicros(amount))
      if (now === null) return null
      usual += (seen < learned ? 1 / (seen + 1) : learning) * (now.log - usual)
      seen += 1
      if (seen < learned) return null
      const isDear = now.log > usual
      const [dear, cheap] = isDear ? (['binance', 'okx'] as const) : (['okx', 'binance'] as const)
      const { bid, ask, otherBid, otherAsk } = now.prices
      const leg = (exchange: ExchangeName, side: 'buy' | 'sell', price: number): Plan => ({
        exchange,
        pair: pairAt(exchange, coin),
        side,
        amount,
        price,
      })
      const spread = Math.abs(now.log - usual) - reverted
      return {
        strategy: 'statistical',
        coin,
        buy: cheap,
        sell: dear,
        spread,
        edge: spread - 2 * (exchanges.binance.fee + exchanges.okx.fee) - 4 * halfSpread,
        groups: [
          [leg(cheap, 'buy', isDear ? otherAsk : ask), leg(dear, 'sell', isDear ? bid : otherBid)],
          [leg(cheap, 'sell', isDear ? otherBid : bid), leg(dear, 'buy', isDear ? ask : otherAsk)],
        ],
        closes: (steps: number) => {
          const later = distance(fromMicros(amount))
          return steps >= longest || (later !== null && (later.log - usual) * (isDear ? 1 : -1) <= reverted)
        },
      } satisfies Signal
    }
  })
