import { roundedTo } from '../paper/rounded.ts'

/** A symbol of the paper market: its usual price, and the decimals of its prices and amounts. */
export interface Instrument {
  readonly symbol: string
  readonly price: number
  readonly priceDecimals: number
  readonly amountDecimals: number
}

export const instruments: readonly Instrument[] = Object.freeze([
  { symbol: 'BTCUSDT', price: 65_000, priceDecimals: 1, amountDecimals: 4 },
  { symbol: 'ETHUSDT', price: 3_200, priceDecimals: 2, amountDecimals: 3 },
  { symbol: 'SOLUSDT', price: 150, priceDecimals: 3, amountDecimals: 2 },
])
export const symbols: readonly string[] = Object.freeze(instruments.map(({ symbol }) => symbol))

/** What is in the account at first, in USDT. */
export const deposit = 10_000
/** Typical value of a position, in USDT. */
export const stake = 1_000
/** Of the value of each fill. */
export const fee = 0.0001
/** How far a stop is from the entry, as a share of it. */
export const stopDistance = 0.03

/** Seconds per simulation step. */
export const stepSeconds = 0.5

/** A price as the exchange quotes it. */
export const quotedPrice = (symbol: string, price: number): number =>
  roundedTo(price, instruments.find((instrument) => instrument.symbol === symbol)?.priceDecimals ?? 8)
