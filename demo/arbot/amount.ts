import type { Asset } from './setting.ts'

/** Everything that is held is counted in whole millionths, whose sums are exact. */
export type Micros = number
export const micros = (value: number): Micros => Math.round(value * 1e6)
export const fromMicros = (amount: Micros): number => amount / 1e6

/** What an exchange or the books have of each asset; negative if it is owed, as by a short position. */
export type Holdings = Readonly<Partial<Record<Asset, Micros>>>

/** What a fill does: `cost` is what the base cost in the quote, and `fee` what the exchange takes of its cash. */
export interface Fill {
  readonly side: 'buy' | 'sell'
  readonly base: Asset
  readonly quote: Asset
  readonly cash: Asset
  readonly amount: Micros
  readonly cost: Micros
  readonly fee: Micros
}

/** The holdings after a change of one asset. */
export const changedBy = (holdings: Holdings, asset: Asset, amount: Micros): Holdings =>
  Object.freeze({ ...holdings, [asset]: (holdings[asset] ?? 0) + amount })

/** The holdings after a fill. */
export function afterFill(holdings: Holdings, { side, base, quote, cash, amount, cost, fee }: Fill): Holdings {
  const sign = side === 'buy' ? 1 : -1
  return changedBy(changedBy(changedBy(holdings, base, sign * amount), quote, -sign * cost), cash, -fee)
}
