import { absolute, partOf } from './amount.ts'

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
  /** The value at its entry price; negative for a short position. */
  readonly cost: bigint
}

/** What a fill realized; null if it closed nothing. */
interface RealizedProfit {
  /** For the account, which has one position for each symbol. */
  readonly realized: bigint | null
  /** For the strategy, which may be long where another one is short. */
  readonly ofStrategy: bigint | null
}

/**
 * The ledger of an account for perpetual contracts that several strategies trade. A fill moves its fee and what it realizes into
 * or out of the wallet; the rest is unrealized until the position is closed. All amounts are integers, so totals are exact.
 */
export interface Ledger {
  readonly book: (fill: Booking) => RealizedProfit
  /** Books the funding of the symbol's position at a rate in hundred-millionths; returns what is received, negative if it is paid. */
  readonly fund: (symbol: string, rate: bigint) => bigint
  /** Books an amount that belongs to no strategy, such as a settlement; negative for a debit. */
  readonly settle: (amount: bigint) => void
  /** Books a deposit; negative for a withdrawal. */
  readonly transfer: (amount: bigint) => void
  readonly mark: (symbol: string, price: bigint) => void
  /** What the account was opened with, and everything that was booked since. */
  readonly wallet: () => bigint
  /** The wallet balance and the unrealized profit of all positions. */
  readonly equity: () => bigint
  /** Deposits less withdrawals. */
  readonly transferred: () => bigint
  readonly position: (symbol: string) => Position
  readonly held: (strategy: string, symbol: string) => bigint
  /** The value of the symbol's position at its mark price; negative for a short position. */
  readonly notional: (symbol: string) => bigint
  readonly unrealized: (symbol: string) => bigint
  /** Realized and unrealized profit of the strategy, after fees and funding. */
  readonly profit: (strategy: string) => bigint
}

const flat: Position = Object.freeze({ size: 0n, cost: 0n })

/** Creates an account with `start` in its wallet; it can only trade these symbols and strategies. */
export function createLedger(start: bigint, symbols: readonly string[], strategies: readonly string[]): Ledger {
  let [wallet, transferred] = [start, 0n]
  const marks = new Map<string, bigint>()
  const positions = new Map<string, Position>()
  const books = new Map(strategies.map((strategy) => [strategy, new Map<string, Position>()]))
  const earned = new Map<string, bigint>()

  const position = (symbol: string) => positions.get(symbol) ?? flat
  const at = (strategy: string, symbol: string) => books.get(strategy)?.get(symbol) ?? flat
  const value = (symbol: string, { size }: Position) => size * (marks.get(symbol) ?? 0n)
  const notional = (symbol: string) => value(symbol, position(symbol))
  const unrealized = (symbol: string) => notional(symbol) - position(symbol).cost
  const earn = (strategy: string, amount: bigint) => earned.set(strategy, (earned.get(strategy) ?? 0n) + amount)

  return Object.freeze({
    book: (fill: Booking) => {
      const book = books.get(fill.strategy)
      if (book === undefined || !symbols.includes(fill.symbol))
        throw new Error(
          `the ledger has no ${book === undefined ? `strategy ${fill.strategy}` : `symbol ${fill.symbol}`}: nothing was booked`,
        )
      const ofAccount = filled(position(fill.symbol), fill)
      const ofStrategy = filled(book.get(fill.symbol) ?? flat, fill)
      positions.set(fill.symbol, ofAccount.after)
      book.set(fill.symbol, ofStrategy.after)
      wallet += (ofAccount.realized ?? 0n) - fill.fee
      earn(fill.strategy, (ofStrategy.realized ?? 0n) - fill.fee)
      return { realized: ofAccount.realized, ofStrategy: ofStrategy.realized }
    },
    fund: (symbol: string, rate: bigint) => {
      const received = strategies.map((strategy) => -partOf(value(symbol, at(strategy, symbol)), rate))
      for (const [i, strategy] of strategies.entries()) earn(strategy, received[i] ?? 0n)
      wallet += total(received)
      return total(received)
    },
    settle: (amount: bigint) => {
      wallet += amount
    },
    transfer: (amount: bigint) => {
      wallet += amount
      transferred += amount
    },
    mark: (symbol: string, price: bigint) => {
      marks.set(symbol, price)
    },
    wallet: () => wallet,
    equity: () => wallet + total(symbols.map(unrealized)),
    transferred: () => transferred,
    position,
    held: (strategy: string, symbol: string) => at(strategy, symbol).size,
    notional,
    unrealized,
    profit: (strategy: string) =>
      (earned.get(strategy) ?? 0n) +
      total(symbols.map((symbol) => value(symbol, at(strategy, symbol)) - at(strategy, symbol).cost)),
  })
}

/** Applies a fill to a position: it first closes the opposite side at average cost, then opens the rest. */
function filled(before: Position, { size, price }: Booking): { after: Position; realized: bigint | null } {
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
