import { join } from 'node:path'
import { createKeptFile } from '../../paper/kept-file.ts'
import { deposit } from '../setting.ts'
import { bookedFill, type Change, changeOf, type Position } from '../trading/position.ts'

/** A position at the exchange, with the price of its stop order. */
export interface HeldPosition extends Position {
  readonly stop: number | null
}

/** What the exchange remembers of the account, in USDT. */
interface Remembered {
  readonly wallet: number
  readonly deposits: number
  readonly withdrawals: number
  /** What it settled apart from fills and transfers. */
  readonly settled: number
  /** What a fault took, and gives back when it ends. */
  readonly owed: { readonly settled: number; readonly withdrawn: number }
  readonly positions: Readonly<Record<string, HeldPosition>>
}

/** The account at the exchange, which outlives the bot. */
interface ExchangeAccount {
  readonly now: () => Remembered
  /** Books a fill; `size` is negative for a sale. */
  readonly fill: (symbol: string, size: number, price: number) => Change
  readonly setStop: (symbol: string, price: number | null) => void
  /** Takes a share of the wallet as a loss, or gives back what was taken. */
  readonly lose: (share: number) => void
  readonly payBack: () => void
  /** Takes a share of the wallet as a withdrawal, or deposits it again. */
  readonly withdraw: (share: number) => void
  readonly depositAgain: () => void
  readonly save: () => void
}

const fresh: Remembered = Object.freeze({
  wallet: deposit,
  deposits: 0,
  withdrawals: 0,
  settled: 0,
  owed: { settled: 0, withdrawn: 0 },
  positions: {},
})

/** Continues with the account in the folder, after giving back what a fault took; null starts over. */
export function createExchangeAccount(folder: string | null): ExchangeAccount {
  const options = { bot: 'tradingbot', what: 'the account at the exchange', read: rememberedIn }
  const file = folder === null ? null : createKeptFile(join(folder, 'exchange.json'), options)
  let state = file?.known ?? fresh
  const change = (changed: Partial<Remembered>) => {
    state = Object.freeze({ ...state, ...changed })
  }
  const account: ExchangeAccount = Object.freeze({
    now: () => state,
    fill: (symbol: string, size: number, price: number) => {
      const { [symbol]: before, ...others } = state.positions
      const booked = bookedFill(before ?? null, size, price)
      const { position, realized, fee } = booked
      const stop = before?.stop ?? null
      const positions = position === null ? others : { ...others, [symbol]: { ...position, stop } }
      change({ wallet: state.wallet + realized - fee, positions })
      return changeOf(before ?? null, size, booked)
    },
    setStop: (symbol: string, price: number | null) => {
      const position = state.positions[symbol]
      if (position !== undefined) change({ positions: { ...state.positions, [symbol]: { ...position, stop: price } } })
    },
    lose: (share: number) => {
      const loss = share * state.wallet
      change({
        wallet: state.wallet - loss,
        settled: state.settled - loss,
        owed: { ...state.owed, settled: state.owed.settled + loss },
      })
    },
    payBack: () => {
      const { settled } = state.owed
      change({
        wallet: state.wallet + settled,
        settled: state.settled + settled,
        owed: { ...state.owed, settled: 0 },
      })
    },
    withdraw: (share: number) => {
      const amount = share * state.wallet
      change({
        wallet: state.wallet - amount,
        withdrawals: state.withdrawals + amount,
        owed: { ...state.owed, withdrawn: state.owed.withdrawn + amount },
      })
    },
    depositAgain: () => {
      const { withdrawn } = state.owed
      change({
        wallet: state.wallet + withdrawn,
        deposits: state.deposits + withdrawn,
        owed: { ...state.owed, withdrawn: 0 },
      })
    },
    save: () => file?.save(state),
  })
  account.payBack()
  account.depositAgain()
  return account
}

function rememberedIn(given: unknown): Remembered | null {
  const { wallet, deposits, withdrawals, settled, owed, positions } = (given ?? {}) as Partial<Remembered>
  const { settled: loss, withdrawn } = owed ?? {}
  const numbers = [wallet, deposits, withdrawals, settled, loss, withdrawn]
  return numbers.every((number) => typeof number === 'number') && typeof positions === 'object'
    ? Object.freeze({ wallet, deposits, withdrawals, settled, owed, positions } as Remembered)
    : null
}
