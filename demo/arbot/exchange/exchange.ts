import { random } from '../../paper/random.ts'
import { type Fill, fromMicros, type Holdings, type Micros, micros } from '../amount.ts'
import type { FaultSwitches } from '../faults/list.ts'
import { isCoin, type Market } from '../market/market.ts'
import { fillPrice, type OrderBook, orderBookAt } from '../market/order-book.ts'
import {
  type Coin,
  type ExchangeName,
  exchanges,
  type Pair,
  pairName,
  stake,
  stepSeconds,
  usualPrices,
} from '../setting.ts'
import type { ExchangeAccount } from './account.ts'

/** An order as an exchange takes it: it is filled completely, or not at all. */
interface Order {
  readonly id: string
  readonly pair: Pair
  readonly side: 'buy' | 'sell'
  readonly amount: Micros
}

/** What an exchange reports on the account stream; `id` is null if the bot sent no order for the fill. */
export type Report =
  | {
      readonly kind: 'filled'
      readonly id: string | null
      readonly fill: Fill
      readonly price: number
      readonly latencyMs: number
    }
  | { readonly kind: 'expired'; readonly id: string }

/** What an exchange says about the account. */
export interface AccountAnswer {
  readonly holdings: Holdings
  /** Everything that it settled apart from fills and transfers, in its cash. */
  readonly income: Micros
  /** Share of the value of all positions that the equity must not fall below. */
  readonly maintenance: number
}

/** A paper exchange, which knows nothing of the books of the bot. */
export interface Exchange {
  readonly step: () => void
  readonly book: (pair: Pair) => OrderBook
  /** Its own clock, in milliseconds since 1970. */
  readonly clock: () => number
  /** Null if it accepts the order, otherwise why it refuses it. */
  readonly place: (order: Order) => string | null
  /** What has happened since the last call. */
  readonly reports: () => readonly Report[]
  readonly account: () => AccountAnswer
  /** The ids of the orders that are not filled yet. */
  readonly openOrders: () => readonly string[]
  readonly transfersOpen: (asset: keyof Holdings) => { readonly deposits: boolean; readonly withdrawals: boolean }
  /** Takes an asset in from another exchange, or pays it out to one if negative. */
  readonly move: (asset: keyof Holdings, amount: Micros) => void
}

interface ExchangeOptions {
  readonly seed: string
  readonly name: ExchangeName
  readonly market: Market
  readonly account: ExchangeAccount
  readonly switches: FaultSwitches
  readonly now: () => number
}

interface Pending {
  readonly order: Order
  readonly due: number
  readonly latencyMs: number
  readonly slippage: number
  readonly expires: boolean
}

/** How often an order finds nobody, and by how much the fault slippage makes a fill worse. */
const [expiry, slip] = [0.01, 0.002]
const slowMs = 3000
const [handTraded, handOrder] = [micros(400), 'by-hand']
/** Of the value of all positions, with a margin. */
const maintenanceShare = 0.01
/** The clock of an exchange under the fault clock is ahead by this, in milliseconds. */
const clockError = 1500

export function createExchange(options: ExchangeOptions): Exchange {
  const { seed, name, market, account, switches, now } = options
  const { margin, latency, clockOffset } = exchanges[name]
  const applyFaults = createAccountFaults(options, (fill, price) => {
    account.fill(fill)
    reports.push({ kind: 'filled', id: null, fill, price, latencyMs: 0 })
  })
  let pending: readonly Pending[] = []
  let reports: Report[] = []
  let steps = 0

  const book = (pair: Pair) =>
    orderBookAt(seed, `${name} ${pairName(pair)} ${steps}`, market.price(name, pair), stake / usualPrices[pair.base])
  const execute = ({ order, latencyMs, slippage, expires }: Pending) => {
    if (expires) {
      reports.push({ kind: 'expired', id: order.id })
      return
    }
    const { pair, side, amount } = order
    const price = fillPrice(book(pair), side, fromMicros(amount)) * (1 + (side === 'buy' ? 1 : -1) * slippage)
    const fill = fillOf(market, name, { pair, side, amount, price })
    account.fill(fill)
    reports.push({ kind: 'filled', id: order.id, fill, price, latencyMs })
  }
  return Object.freeze({
    step: () => {
      steps += 1
      applyFaults()
      for (const one of pending.filter(({ due }) => due <= steps)) execute(one)
      pending = pending.filter(({ due }) => due > steps)
    },
    book,
    clock: () => now() + clockOffset + (name === 'okx' && switches.isOn('clock') ? clockError : 0),
    place: (order: Order) => {
      if (name === 'okx' && switches.isOn('failing-orders')) return 'Insufficient balance. (51008)'
      const draw = random(seed, `order ${order.id}`)
      const usual = Math.round(draw.lognormal(latency.order, 0.35))
      const latencyMs = switches.isOn('slow-orders') && name === 'okx' ? slowMs + usual : usual
      pending = [
        ...pending,
        {
          order,
          latencyMs,
          due: steps + Math.ceil(latencyMs / 1000 / stepSeconds),
          slippage: switches.isOn('slippage') ? slip : 0,
          expires: draw.chance(expiry),
        },
      ]
      return null
    },
    reports: () => {
      const told = reports
      reports = []
      return told
    },
    account: () => {
      const { holdings, settled } = account.now()
      const traded = name === 'okx' && switches.isOn('books') ? { XRP: (holdings.XRP ?? 0) + handTraded } : {}
      return { holdings: { ...holdings, ...traded }, income: settled, maintenance: margin ? maintenanceShare : 0 }
    },
    openOrders: () => [
      ...pending.map(({ order }) => order.id),
      ...(name === 'okx' && switches.isOn('orphan-order') ? [handOrder] : []),
    ],
    transfersOpen: (asset: keyof Holdings) => ({
      deposits: !(name === 'upbit' && asset === 'XRP' && switches.isOn('deposits-closed')),
      withdrawals: !(name === 'okx' && asset === 'XRP' && switches.isOn('withdrawals-closed')),
    }),
    move: (asset: keyof Holdings, amount: Micros) => account.move(asset, amount),
  })
}

/** What a fill does to the account, with the fee in the cash of the exchange. */
function fillOf(
  market: Pick<Market, 'price'>,
  name: ExchangeName,
  {
    pair,
    side,
    amount,
    price,
  }: { readonly pair: Pair; readonly side: Fill['side']; readonly amount: Micros; readonly price: number },
): Fill {
  const { cash, fee } = exchanges[name]
  const cost = micros(fromMicros(amount) * price)
  const value = isCoin(pair.quote) ? cost * market.price(name, { base: pair.quote, quote: cash }) : cost
  return Object.freeze({ side, base: pair.base, quote: pair.quote, cash, amount, cost, fee: Math.round(value * fee) })
}

/** What faults take from an account or close there, once when they begin and once when they end. */
function createAccountFaults(
  { name, market, account, switches }: ExchangeOptions,
  force: (fill: Fill, price: number) => void,
): () => void {
  if (!exchanges[name].margin) return () => {}
  const on = new Set<string>()
  const turned = (fault: 'drawdown' | 'daily-loss' | 'exposure', begin: () => void, end: () => void) => {
    const isOn = switches.isOn(fault)
    if (isOn === on.has(fault)) return
    if (isOn) on.add(fault)
    else on.delete(fault)
    if (isOn) begin()
    else end()
  }
  const coin: Coin = 'ETH'
  const pair = { base: coin, quote: exchanges[name].cash } as const
  let closed: Micros = 0
  const forced = (side: Fill['side'], amount: Micros) => {
    const price = market.price(name, pair)
    force(fillOf(market, name, { pair, side, amount, price }), price)
  }
  return () => {
    turned('drawdown', () => account.lose(20_000), account.payBack)
    turned('daily-loss', () => account.lose(800), account.payBack)
    turned(
      'exposure',
      () => {
        closed = -(account.now().holdings[coin] ?? 0)
        if (closed > 0) forced('buy', closed)
      },
      () => {
        if (closed > 0) forced('sell', closed)
      },
    )
  }
}
