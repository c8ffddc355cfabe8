/** What the bot holds on exchanges and trades. */
export type Coin = 'BTC' | 'ETH' | 'XRP'
type Cash = 'KRW' | 'USDT'
export type Asset = Coin | Cash
export type ExchangeName = 'upbit' | 'binance' | 'okx'

/** A pair of an exchange: one unit of `base` costs so much of `quote`. */
export interface Pair {
  readonly base: Coin
  readonly quote: Asset
}

/** A simulated exchange, and what the bot has there at first. */
interface ExchangeSetting {
  readonly cash: Cash
  /** Whether its pairs are perpetuals, whose positions may be short, and it has a margin that can be used up. */
  readonly margin: boolean
  /** Of the value of each fill. */
  readonly fee: number
  /** Typical milliseconds: of a call, until an order is filled, and until a quote arrives. */
  readonly latency: { readonly call: number; readonly order: number; readonly quote: number }
  /** By how much its clock is ahead of the bot's, in milliseconds. */
  readonly clockOffset: number
  /** Orders that it takes in ten seconds. */
  readonly orderLimit: number
  readonly crossPair: boolean
  /** Equity of the bot at first in USD, beside its coins. */
  readonly equity: number
}

export const coins: readonly Coin[] = Object.freeze(['BTC', 'ETH', 'XRP'])
/** Their usual prices in USD. */
export const usualPrices: Readonly<Record<Coin, number>> = Object.freeze({ BTC: 65_000, ETH: 3_200, XRP: 2.5 })
/** Usual USD for one unit of cash. */
export const usualRates: Readonly<Record<Cash, number>> = Object.freeze({ KRW: 1 / 1_400, USDT: 1.0002 })

export const exchanges: Readonly<Record<ExchangeName, ExchangeSetting>> = Object.freeze({
  upbit: {
    cash: 'KRW',
    margin: false,
    fee: 0.0004,
    latency: { call: 90, order: 240, quote: 60 },
    clockOffset: 35,
    orderLimit: 80,
    crossPair: true,
    equity: 60_000,
  },
  binance: {
    cash: 'USDT',
    margin: true,
    fee: 0.0002,
    latency: { call: 60, order: 110, quote: 25 },
    clockOffset: -12,
    orderLimit: 100,
    crossPair: false,
    equity: 80_000,
  },
  okx: {
    cash: 'USDT',
    margin: false,
    fee: 0.0003,
    latency: { call: 75, order: 150, quote: 40 },
    clockOffset: 8,
    orderLimit: 60,
    crossPair: true,
    equity: 60_000,
  },
})
export const exchangeNames: readonly ExchangeName[] = Object.freeze(['upbit', 'binance', 'okx'])

/** What each spot exchange has of every coin at first, in USD; the exchange with a margin is short of all of it. */
export const inventory = 20_000
/** Value of a leg in USD. */
export const stake = 500
/** At which the bot stops opening round trips. */
export const dailyLossLimit = 500
/** Fall from the peak in percent, at which it does so as well. */
export const drawdownLimit = 5
/** Of the cash of an exchange, in USD: what a withdrawal costs. */
export const withdrawalFee = 1

/** Seconds per simulation step. */
export const stepSeconds = 0.5
/** So many steps take this long. */
export const stepsIn = (seconds: number): number => Math.max(1, Math.round(seconds / stepSeconds))

/** The pairs of an exchange. */
export const pairsOf = (exchange: ExchangeName): readonly Pair[] => pairs[exchange]
const pairs = Object.freeze(
  Object.fromEntries(
    exchangeNames.map((name) => {
      const { cash, crossPair } = exchanges[name]
      const cross: readonly Pair[] = crossPair ? [{ base: 'ETH', quote: 'BTC' }] : []
      return [name, Object.freeze([...coins.map((base): Pair => ({ base, quote: cash })), ...cross])]
    }),
  ) as Record<ExchangeName, readonly Pair[]>,
)

export const pairName = ({ base, quote }: Pair): string => `${base}-${quote}`
