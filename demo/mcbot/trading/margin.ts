import { initialMarginRate, maintenanceMarginRate } from '../setting.ts'
import { absolute, partOf, toFraction } from './amount.ts'
import type { Ledger } from './ledger.ts'

/** What the exchange may change about the margins of an account. */
export interface MarginTerms {
  /** Symbols whose position has a margin of its own, which nothing else of the account covers. */
  readonly isolated: readonly string[]
  /** The least margin that is held and required, as fractions of the equity. */
  readonly leastUsed: number
  readonly leastMaintenance: number
}

/** The margins of an account, in the units of amount.ts. */
interface Margins {
  /** Held for positions: the initial margin of cross positions, and all margin of isolated ones. */
  readonly used: bigint
  /** Covers the cross positions. */
  readonly balance: bigint
  /** The balance at which the exchange liquidates the cross positions. */
  readonly maintenance: bigint
  /** How far the mark price may move against a position until it is liquidated, as a fraction of it and at most 1; undefined if there is none. */
  readonly distance: (symbol: string) => number | undefined
}

/** The margin of an isolated position when it is opened: it is held at a leverage of 25. */
const isolatedMarginRate = 0.04

/** The margins at the current mark prices. */
export function marginsOf(ledger: Ledger, symbols: readonly string[], terms: MarginTerms): Margins {
  const share = (amount: bigint, ratio: number) => partOf(absolute(amount), toFraction(ratio))
  const maintenanceOf = (symbol: string) => share(ledger.notional(symbol), maintenanceMarginRate)
  const ownMargin = (symbol: string) =>
    share(ledger.position(symbol).cost, isolatedMarginRate) + ledger.unrealized(symbol)
  const total = (of: (symbol: string) => bigint, some: readonly string[]) =>
    some.reduce((sum, symbol) => sum + of(symbol), 0n)

  const cross = symbols.filter((symbol) => !terms.isolated.includes(symbol))
  const equity = ledger.equity()
  const isolated = total(ownMargin, terms.isolated)
  const used = total((symbol) => share(ledger.notional(symbol), initialMarginRate), cross) + isolated
  const balance = equity - isolated
  const maintenance = larger(total(maintenanceOf, cross), share(equity, terms.leastMaintenance))

  return Object.freeze({
    used: larger(used, share(equity, terms.leastUsed)),
    balance,
    maintenance,
    distance: (symbol: string) => {
      const notional = ledger.notional(symbol)
      if (notional === 0n) return undefined
      const left = cross.includes(symbol) ? balance - maintenance : ownMargin(symbol) - maintenanceOf(symbol)
      // The maintenance margin follows the price: what a long position requires falls with it, what a short one requires rises.
      const perMove =
        Number(absolute(notional)) * (notional > 0n ? 1 - maintenanceMarginRate : 1 + maintenanceMarginRate)
      return Math.min(1, Math.max(0, Number(left) / perMove))
    },
  })
}

const larger = (one: bigint, other: bigint) => (one > other ? one : other)
