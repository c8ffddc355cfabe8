/** An instrument of the paper market: starting price, typical daily volume and open interest in USDT, and maker fee. */
export interface Instrument {
  readonly symbol: string
  readonly price: number
  readonly volume: number
  readonly openInterest: number
  /** In hundredths of a basis point; negative is a rebate. */
  readonly makerFee: number
}

export const instruments: readonly Instrument[] = Object.freeze([
  { symbol: 'BTCUSDT', price: 65_000, volume: 1.4e10, openInterest: 7e9, makerFee: -50 },
  { symbol: 'ETHUSDT', price: 3_200, volume: 9e9, openInterest: 4e9, makerFee: -50 },
  { symbol: 'BNBUSDT', price: 600, volume: 8e8, openInterest: 5e8, makerFee: 200 },
  { symbol: 'SOLUSDT', price: 150, volume: 2.5e9, openInterest: 1.1e9, makerFee: 200 },
  { symbol: 'AVAXUSDT', price: 32, volume: 3e8, openInterest: 1.5e8, makerFee: 200 },
])
export const symbols: readonly string[] = Object.freeze(instruments.map(({ symbol }) => symbol))

/** In hundredths of a basis point. */
export const takerFee = 400

export const strategies: readonly string[] = Object.freeze(['trend', 'reversion', 'breakout'])
/** Capital of each strategy, in USDT. */
export const capital = 40_000
/** Typical value of a position, in USDT. */
export const stake = 4_500
/** Fraction of a position's value that the exchange holds as margin. */
export const marginRate = 0.2

/** Seconds per simulation step. */
export const stepSeconds = 0.5
