import { join } from 'node:path'
import { createKeptFile } from '../../paper/kept-file.ts'
import { afterFill, changedBy, type Fill, fromMicros, type Holdings, type Micros, micros } from '../amount.ts'
import { coins, type ExchangeName, exchangeNames, exchanges, inventory, usualPrices, usualRates } from '../setting.ts'

/** What an exchange remembers of the account of the bot. */
interface Remembered {
  readonly holdings: Holdings
  /** Cash that it settled apart from fills and transfers. */
  readonly settled: Micros
  /** Cash that a fault took, and gives back when it ends. */
  readonly owed: Micros
}

/** The account at an exchange, which outlives the bot. */
export interface ExchangeAccount {
  readonly now: () => Remembered
  readonly fill: (fill: Fill) => void
  readonly move: (asset: keyof Holdings, amount: Micros) => void
  /** Takes an amount in USD as a loss. */
  readonly lose: (usd: number) => void
  /** Gives back what was taken. */
  readonly payBack: () => void
}

/** Continues with the accounts in the folder, after giving back what a fault took; null starts over. */
export function createAccounts(folder: string | null): {
  readonly of: (exchange: ExchangeName) => ExchangeAccount
  readonly save: () => void
} {
  const options = { bot: 'arbot', what: 'the accounts at the exchanges', read: rememberedIn }
  const file = folder === null ? null : createKeptFile(join(folder, 'exchanges.json'), options)
  const states = new Map(exchangeNames.map((name) => [name, file?.known?.[name] ?? fresh(name)]))
  const accounts = new Map(exchangeNames.map((name) => [name, createAccount(name, states)]))
  for (const account of accounts.values()) account.payBack()
  return Object.freeze({
    of: (exchange: ExchangeName) => accounts.get(exchange) as ExchangeAccount,
    save: () => file?.save(Object.fromEntries(states) as Record<ExchangeName, Remembered>),
  })
}

function createAccount(name: ExchangeName, states: Map<ExchangeName, Remembered>): ExchangeAccount {
  const { cash } = exchanges[name]
  const now = () => states.get(name) as Remembered
  const change = (changed: Partial<Remembered>) => void states.set(name, Object.freeze({ ...now(), ...changed }))
  const settle = (amount: Micros) => {
    const { holdings, settled, owed } = now()
    change({ holdings: changedBy(holdings, cash, amount), settled: settled + amount, owed: owed - amount })
  }
  return Object.freeze({
    now,
    fill: (fill: Fill) => change({ holdings: afterFill(now().holdings, fill) }),
    move: (asset: keyof Holdings, amount: Micros) => change({ holdings: changedBy(now().holdings, asset, amount) }),
    lose: (usd: number) => settle(-micros(usd / usualRates[cash])),
    payBack: () => settle(now().owed),
  })
}

/** Spot exchanges have every coin, and the one with a margin is short of all of them. */
function fresh(name: ExchangeName): Remembered {
  const { cash, margin, equity } = exchanges[name]
  const spots = exchangeNames.filter((other) => !exchanges[other].margin).length
  const sizes = coins.map((coin) => [coin, (margin ? -spots : 1) * micros(inventory / usualPrices[coin])] as const)
  const proceeds = margin ? sizes.reduce((sum, [coin, size]) => sum - fromMicros(size) * usualPrices[coin], 0) : 0
  const holdings = Object.fromEntries([...sizes, [cash, micros((equity + proceeds) / usualRates[cash])]])
  return Object.freeze({ holdings: Object.freeze(holdings), settled: 0, owed: 0 })
}

type Kept = Readonly<Record<ExchangeName, Remembered>>

function rememberedIn(given: unknown): Kept | null {
  const kept = (given ?? {}) as Partial<Record<ExchangeName, Partial<Remembered>>>
  const fits = exchangeNames.every((name) => {
    const { holdings, settled, owed } = kept[name] ?? {}
    return [settled, owed, ...Object.values(holdings ?? { none: null })].every(Number.isSafeInteger)
  })
  return fits ? (kept as Kept) : null
}
