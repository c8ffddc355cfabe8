import { join } from 'node:path'
import { createKeptFile } from '../../paper/kept-file.ts'
import { fromMicros, type Holdings, type Micros, micros } from '../amount.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import {
  type Asset,
  type Coin,
  coins,
  type ExchangeName,
  exchangeNames,
  exchanges,
  stepsIn,
  withdrawalFee,
} from '../setting.ts'
import type { Books } from './books.ts'
import type { Prices } from './prices.ts'

/** Coins that left one exchange and have not arrived at another. */
interface Transfer {
  readonly coin: Coin
  readonly to: ExchangeName
  readonly amount: Micros
  /** When it arrives, in milliseconds since 1970. */
  readonly due: number
}

/** Moves coins between spot exchanges when too many of them lie on one. */
export interface Transfers {
  readonly step: () => void
  readonly underWay: () => Holdings
  /** The largest share of a coin that lies on one spot exchange. */
  readonly largestShare: (coin: Coin) => number
  readonly save: () => void
}

interface TransfersOptions {
  readonly metrics: BotMetrics
  readonly exchanges: ReadonlyMap<ExchangeName, Exchange>
  readonly books: Books
  readonly prices: Prices
  readonly isOpen: (exchange: ExchangeName, asset: Asset) => boolean
  readonly switches: FaultSwitches
  readonly now: () => number
  readonly folder: string | null
}

const spots = Object.freeze(exchangeNames.filter((name) => !exchanges[name].margin))
const [checkedEvery, takes] = [stepsIn(60), 45_000]
/** Share on one exchange from which coins are moved. */
const tooMuch = 0.72

export function createTransfers(options: TransfersOptions): Transfers {
  const { metrics, exchanges: venues, books, prices, isOpen, switches, now, folder } = options
  const kept = { bot: 'arbot', what: 'what is under way', read: transfersIn }
  const file = folder === null ? null : createKeptFile(join(folder, 'transfers.json'), kept)
  let underWay: readonly Transfer[] = file?.known ?? []
  let steps = 0
  /** What the fault one-sided moved. */
  let piled: Micros = 0

  const held = (exchange: ExchangeName, coin: Coin) => books.holdings(exchange)[coin] ?? 0
  const move = (exchange: ExchangeName, asset: Asset, amount: Micros) => {
    venues.get(exchange)?.move(asset, amount)
    books.moved(exchange, asset, amount)
  }
  const pile = (amount: Micros) => {
    move('upbit', 'XRP', -amount)
    move('okx', 'XRP', amount)
    piled += amount
  }
  const applyFault = () => {
    if (switches.isOn('one-sided')) {
      if (held('upbit', 'XRP') > 0) pile(held('upbit', 'XRP'))
    } else if (piled !== 0) pile(-piled)
  }
  const arrive = () => {
    for (const { coin, to, amount } of underWay.filter(({ due }) => due <= now())) move(to, coin, amount)
    underWay = underWay.filter(({ due }) => due > now())
  }
  const largestShare = (coin: Coin) => {
    const amounts = spots.map((name) => held(name, coin))
    return Math.max(...amounts) / amounts.reduce((sum, amount) => sum + amount, 0)
  }
  const balance = (coin: Coin) => {
    const [from, to] = spots.toSorted((a, b) => held(b, coin) - held(a, coin)) as [ExchangeName, ExchangeName]
    const isUnderWay = underWay.some((one) => one.coin === coin)
    if (isUnderWay || largestShare(coin) < tooMuch || !isOpen(from, coin) || !isOpen(to, coin)) return
    const { cash } = exchanges[from]
    const fee = micros(withdrawalFee / prices.of(cash))
    const amount = Math.floor((held(from, coin) - held(to, coin)) / 2)
    move(from, coin, -amount)
    move(from, cash, -fee)
    metrics.fees_usd_total.inc({ exchange: from }, fromMicros(fee) * prices.of(cash))
    underWay = [...underWay, { coin, to, amount, due: now() + takes }]
  }
  return Object.freeze({
    step: () => {
      applyFault()
      arrive()
      if (++steps % checkedEvery === 0 && !switches.isOn('one-sided')) for (const coin of coins) balance(coin)
    },
    underWay: () => {
      const sum = (coin: Coin) => underWay.reduce((total, one) => total + (one.coin === coin ? one.amount : 0), 0)
      return Object.fromEntries(coins.map((coin) => [coin, sum(coin)]))
    },
    largestShare,
    save: () => file?.save(underWay),
  })
}

function transfersIn(given: unknown): readonly Transfer[] | null {
  const fits = (one: Partial<Transfer> | null) =>
    one?.coin !== undefined && one.to !== undefined && Number.isSafeInteger(one.amount) && Number.isFinite(one.due)
  return Array.isArray(given) && given.every(fits) ? given : null
}
