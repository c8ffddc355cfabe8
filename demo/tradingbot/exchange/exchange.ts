import { type FaultSwitches, faultySymbol } from '../faults/list.ts'
import { quotedPrice, stepSeconds } from '../setting.ts'
import { unrealizedOf } from '../trading/position.ts'
import { createExchangeAccount, type HeldPosition } from './account.ts'
import type { Market } from './market.ts'
import type { Fate, Order, OrderEnd, OrderState, PendingOrder } from './order.ts'
import { createExchangeOrders } from './orders.ts'

/** What the exchange reports on the account stream. */
export type Report = OrderEnd | { readonly kind: 'stopped'; readonly symbol: string; readonly price: number }

/** What the exchange says about the account. */
export interface AccountAnswer {
  readonly wallet: number
  readonly deposits: number
  readonly withdrawals: number
  /** Everything that changed the wallet apart from fills. */
  readonly income: number
  readonly positions: ReadonlyMap<string, HeldPosition>
}

/** The paper exchange, which knows nothing of the bot's books. */
export interface Exchange {
  readonly step: () => void
  /** Null if it accepts the order, otherwise why it refuses it. */
  readonly place: (order: Order, fate: Fate) => string | null
  readonly setStop: (symbol: string, price: number) => void
  /** What has happened since the last call. */
  readonly reports: () => readonly Report[]
  readonly account: () => AccountAnswer
  /** The ids of the orders that are not filled yet. */
  readonly openOrders: () => readonly string[]
  /** What became of the order with this id. */
  readonly order: (id: string) => OrderState
  readonly save: () => void
}

const slowMs = { 'slow-orders': 4000, 'very-slow-order': 15_000 } as const
const [handTraded, handOrder] = [10, 'by-hand']

export function createExchange(market: Market, switches: FaultSwitches, folder: string | null): Exchange {
  const account = createExchangeAccount(folder)
  const applyFaults = createAccountFaults(switches, account)
  const orders = createExchangeOrders(folder)
  let reports: Report[] = []
  let wasSlow = false

  const latencyOf = (usual: number): number => {
    if (switches.isOn('very-slow-order') && !wasSlow) {
      wasSlow = true
      return slowMs['very-slow-order']
    }
    return switches.isOn('slow-orders') ? slowMs['slow-orders'] : usual
  }
  const save = () => {
    account.save()
    orders.save()
  }
  const endOf = ({ order, latencyMs, slippage, expires }: PendingOrder): OrderEnd => {
    if (expires) return { kind: 'expired', order }
    const sign = order.side === 'buy' ? 1 : -1
    const price = quotedPrice(order.symbol, order.price * (1 + (sign * slippage) / 10_000))
    const change = account.fill(order.symbol, sign * order.amount, price)
    return { kind: 'filled', order, price, latencyMs, change }
  }
  const stopOut = () => {
    for (const [symbol, { size, stop }] of Object.entries(account.now().positions)) {
      const price = quotedPrice(symbol, market.price(symbol))
      if (stop === null || (size > 0 ? price > stop : price < stop)) continue
      account.fill(symbol, -size, price)
      reports.push({ kind: 'stopped', symbol, price })
    }
  }
  return Object.freeze({
    step: () => {
      if (!switches.isOn('very-slow-order')) wasSlow = false
      applyFaults()
      stopOut()
      const due = orders.step()
      for (const end of due.map(endOf)) {
        orders.ended(end)
        reports.push(end)
      }
      // it forgets nothing, whatever ends the process
      if (due.length > 0) save()
    },
    place: (order: Order, fate: Fate) => {
      if (switches.isOn('failing-orders')) return 'Margin is insufficient.'
      const latencyMs = latencyOf(fate.latencyMs)
      orders.place({ ...fate, latencyMs, order, left: Math.ceil(latencyMs / 1000 / stepSeconds) })
      orders.save()
      return null
    },
    setStop: (symbol: string, price: number) => {
      if (switches.isOn('no-stop')) return
      account.setStop(symbol, price)
      account.save()
    },
    reports: () => {
      const told = reports
      reports = []
      return told
    },
    account: () => {
      const { wallet, deposits, withdrawals, settled, positions } = account.now()
      const held = new Map(Object.entries(positions))
      if (switches.isOn('books'))
        held.set(faultySymbol, tradedByHand(held.get(faultySymbol), market.price(faultySymbol)))
      return { wallet, deposits, withdrawals, income: deposits - withdrawals + settled, positions: held }
    },
    openOrders: () => [
      ...orders.pending().map(({ order }) => order.id),
      ...(switches.isOn('orphan-order') ? [handOrder] : []),
    ],
    order: (id: string): OrderState => {
      if (orders.pending().some(({ order }) => order.id === id)) return { kind: 'open' }
      return orders.endOf(id) ?? { kind: 'unknown' }
    },
    save,
  })
}

/** A position after somebody has bought more by hand, protected by a stop of their own. */
function tradedByHand(position: HeldPosition | undefined, price: number): HeldPosition {
  if (position === undefined) return { size: handTraded, entry: price, stop: price / 2 }
  return { ...position, size: position.size + handTraded, stop: position.stop ?? price / 2 }
}

/** Applies the faults that change what is in the account, once when they begin and once when they end. */
function createAccountFaults(switches: FaultSwitches, account: ReturnType<typeof createExchangeAccount>): () => void {
  const on = new Set<string>()
  const turned = (name: 'drawdown' | 'balance-drop' | 'withdrawal', begin: () => void, end: () => void) => {
    const isOn = switches.isOn(name)
    if (isOn === on.has(name)) return
    if (isOn) on.add(name)
    else on.delete(name)
    if (isOn) begin()
    else end()
  }
  return () => {
    turned('drawdown', () => account.lose(0.08), account.payBack)
    turned('balance-drop', () => account.lose(0.04), account.payBack)
    turned('withdrawal', () => account.withdraw(0.2), account.depositAgain)
    if (switches.isOn('no-stop'))
      for (const symbol of Object.keys(account.now().positions)) account.setStop(symbol, null)
  }
}

/** What an account is worth at these prices, and how much of it is not realized. */
export function worthOf({ wallet, positions }: AccountAnswer, market: Market) {
  const held = [...positions].map(([symbol, position]) => ({ ...position, price: market.price(symbol) }))
  const unrealized = held.reduce((sum, position) => sum + unrealizedOf(position, position.price), 0)
  return {
    balance: wallet + unrealized,
    unrealized,
    exposure: held.reduce((sum, { size, price }) => sum + Math.abs(size) * price, 0),
  }
}
