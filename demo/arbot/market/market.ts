import { random } from '../../paper/random.ts'
import type { FaultSwitches } from '../faults/list.ts'
import {
  type Asset,
  type Coin,
  coins,
  type ExchangeName,
  exchangeNames,
  exchanges,
  type Pair,
  usualPrices,
  usualRates,
} from '../setting.ts'

/** Prices that wander around their usual level, on each exchange a little differently. */
export interface Market {
  readonly step: () => void
  /** Price in the quote of the pair, halfway between bid and ask. */
  readonly price: (exchange: ExchangeName, pair: Pair) => number
  /** USD for one unit of cash, as it really is. */
  readonly rate: (cash: 'KRW' | 'USDT') => number
}

/** Standard deviation of the log return of a step, and the share of the distance that each step takes back. */
const tracks = {
  coin: { volatility: 0.0002, pull: 0.004 },
  exchange: { volatility: 0.0001, pull: 0.015 },
  cross: { volatility: 0.00022, pull: 0.02 },
  rate: { volatility: 0.00001, pull: 0.01 },
} as const
/** The share by which the coin seems dearer on upbit while the fault bait is on. */
const bait = 0.12

export function createMarket(seed: string, switches: FaultSwitches): Market {
  const all: (() => void)[] = []
  const track = (name: string, kind: keyof typeof tracks) => {
    const draw = random(seed, `market ${name}`)
    let distance = 0
    all.push(() => {
      const { volatility, pull } = tracks[kind]
      distance += volatility * draw.normal() - pull * distance
    })
    return () => Math.exp(distance)
  }
  const coin = Object.fromEntries(coins.map((name) => [name, track(name, 'coin')])) as Record<Coin, () => number>
  const rates = { KRW: track('KRW', 'rate'), USDT: track('USDT', 'rate') }
  const deviations = new Map<string, () => number>(
    exchangeNames.flatMap((exchange) => [
      ...coins.map((name) => [`${exchange} ${name}`, track(`${exchange} ${name}`, 'exchange')] as const),
      [`${exchange} cross`, track(`${exchange} cross`, 'cross')] as const,
    ]),
  )
  const deviation = (name: string) => (deviations.get(name) as () => number)()
  const rate = (cash: 'KRW' | 'USDT') => usualRates[cash] * rates[cash]()
  const usd = (exchange: ExchangeName, name: Coin) => {
    const baited = exchange === 'upbit' && name === 'XRP' && switches.isOn('bait')
    return usualPrices[name] * coin[name]() * deviation(`${exchange} ${name}`) * (baited ? 1 + bait : 1)
  }
  return Object.freeze({
    step: () => {
      for (const step of all) step()
    },
    price: (exchange: ExchangeName, { base, quote }: Pair) =>
      isCoin(quote)
        ? (usd(exchange, base) / usd(exchange, quote)) * deviation(`${exchange} cross`)
        : usd(exchange, base) / rate(exchanges[exchange].cash),
    rate,
  })
}

/** Whether an asset is a coin, and not cash. */
export const isCoin = (asset: Asset): asset is Coin => Object.hasOwn(usualPrices, asset)
