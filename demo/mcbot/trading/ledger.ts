import { absolute } from './amount.ts'

/** A fill to book; all amounts are in the units of amount.ts. */
interface Booking {
  readonly strategy: string
  readonly symbol: string
  /** Negative for a sale. */
  readonly size: bigint
  readonly price: bigint
  /** Negative for a rebate. */
  readonly fee: bigint
}

interface Position {
  readonly size: bigint
  /** The amount paid for it; negative for a short position. */
  readonly cost: bigint
}

/** The ledger of an account whose positions belong to strategies. All amounts are integers, so totals are exact. */
export interface Ledger {
  /** Books a fill; returns the realized profit, or null if it closed nothing. */
  readonly book: (fill: Booking) => bigint | null
  /** Books an amount that belongs to no strategy, such as a settlement; negative for a debit. */
  readonly settle: (amount: bigint) => void
  readonly mark: (symbol: string, price: bigint) => void
  readonly cash: () => bigint
  readonly equity: () => bigint
  readonly position: (symbol: string) => Position
  readonly held: (strategy: string, symbol: string) => bigint
  /** The value of the symbol's position at its mark price; negative for a short position. */
  readonly notional: (symbol: string) => bigint
  readonly unrealized: (symbol: string) => bigint
  /** Realized and unrealized profit of the strategy, after fees. */
  readonly profit: (strategy: string) => bigint
}

const flat: Position = Object.freeze({ size: 0n, cost: 0n })

/** Creates an account with `start` in cash; it can only trade these symbols and strategies. */
export function createLedger(start: bigint, symbols: readonly string[], strategies: readonly string[]): Ledger {
  let cash = start
  const marks = new Map<string, bigint>()
  const books = new Map(strategies.map((strategy) => [strategy, new Map<string, Position>()]))
  const earned = new Map<string, bigint>()

  const at = (strategy: string, symbol: string) => books.get(strategy)?.get(symbol) ?? flat
  const value = (symbol: string, { size }: Position) => size * (marks.get(symbol) ?? 0n)
  const position = (symbol: string): Position => {
    const parts = strategies.map((strategy) => at(strategy, symbol))
    return { size: total(parts.map((part) => part.size)), cost: total(parts.map((part) => part.cost)) }
  }
  const notional = (symbol: string) => value(symbol, position(symbol))

  return Object.freeze({
    book: (fill: Booking) => {
      const book = books.get(fill.strategy)
      if (book === undefined || !symbols.includes(fill.symbol))
        throw new Error(
          `the ledger has no ${book === undefined ? `strategy ${fill.strategy}` : `symbol ${fill.symbol}`}: nothing was booked`,
        )
      const before = book.get(fill.symbol) ?? flat
      const { after, realized } = filled(before, fill.size, fill.price)
      book.set(fill.symbol, after)
      cash -= fill.size * fill.price + fill.fee
      earned.set(fill.strategy, (earned.get(fill.strategy) ?? 0n) + (realized ?? 0n) - fill.fee)
      return realized
    },
    settle: (amount: bigint) => {
      cash += amount
    },
    mark: (symbol: string, price: bigint) => {
      marks.set(symbol, price)
    },
    cash: () => cash,
    equity: () => cash + total(symbols.map(notional)),
    position,
    held: (strategy: string, symbol: string) => at(strategy, symbol).size,
    notional,
    unrealized: (symbol: string) => notional(symbol) - position(symbol).cost,
    profit: (strategy: string) =>
      (earned.get(strategy) ?? 0n) +
      total(symbols.map((symbol) => value(symbol, at(strategy, symbol)) - at(strategy, symbol).cost)),
  })
}

/** Applies a fill to a position: it first closes the opposite side at average cost, then opens the rest. */
function filled(before: Position, size: bigint, price: bigint): { after: Position; realized: bigint | null } {
  const against = before.size !== 0n && before.size > 0n !== size > 0n
  if (!against) return { after: { size: before.size + size, cost: before.cost + size * price }, realized: null }
  const closed = absolute(size) < absolute(before.size) ? -size : before.size
  const cost = (before.cost * closed) / before.size
  const opened = size + closed
  return {
    after: { size: before.size - closed + opened, cost: before.cost - cost + opened * price },
    realized: closed * price - cost,
  }
}

const total = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n)
