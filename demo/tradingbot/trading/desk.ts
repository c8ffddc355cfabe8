import { type Random, random } from '../../paper/random.ts'
import { roundedTo } from '../../paper/rounded.ts'
import type { Api } from '../exchange/api.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Market } from '../exchange/market.ts'
import type { Order, OrderState } from '../exchange/order.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotLog } from '../record/log.ts'
import { type Instrument, instruments, quotedPrice, stake, stepSeconds } from '../setting.ts'
import type { Books } from './books.ts'
import { unrealizedOf } from './position.ts'
import { createReporter } from './reporter.ts'

interface DeskOptions {
  readonly seed: string
  readonly market: Market
  readonly exchange: Exchange
  readonly api: Api
  readonly books: Books
  readonly log: BotLog
  readonly switches: FaultSwitches
  readonly now: () => number
}

/** Follows signals with orders, and reports of the exchange with the books; each is a line of the log. */
interface Desk {
  readonly step: () => void
  /** The exchange has said what became of an order that was unresolved. */
  readonly resolve: (order: Order, state: OrderState) => void
  /** The balance by the books. */
  readonly balance: () => number
}

/** How often a strategy guesses right, and a limit order that opens a position expires. */
const [skill, expiry] = [0.8, 0.03]
const steps = (seconds: number) => Math.round(seconds / stepSeconds)

/** One symbol that is traded: how many signals it had, and in how many steps the next one comes. */
interface Line {
  readonly instrument: Instrument
  signals: number
  left: number
}

export function createDesk(options: DeskOptions): Desk {
  const { seed, market, exchange, api, books, log, switches, now } = options
  const lines = instruments.map((instrument, i): Line => ({ instrument, signals: 0, left: steps(2 + 3 * i) }))
  // Ids of different runs must differ.
  const run = Math.floor(now() / 1000).toString(36)
  let hasLost = false
  const isBusy = (symbol: string) =>
    books.openOrders().some((order) => order.symbol === symbol) ||
    books.unresolved().some(({ order }) => order.symbol === symbol)
  const balance = () =>
    books.wallet() +
    [...books.positions()].reduce((sum, [symbol, held]) => sum + unrealizedOf(held, market.price(symbol)), 0)

  const send = (order: Order, draw: Random, opens: boolean) => {
    const { id: order_id, ...fields } = order
    books.sent(order, now())
    log.order_placed({ ...fields, order_id })
    if (switches.isOn('lost-order') && !hasLost) {
      hasLost = true
      api.lose('order', order.symbol)
      return
    }
    api.call('order', order.symbol)
    const fate = {
      latencyMs: roundedTo(draw.lognormal(120, 0.5), 1),
      slippage: 1 + 2.5 * draw.normal(),
      expires: draw.chance(expiry) && opens,
    }
    const refused = exchange.place(order, fate)
    if (refused === null) {
      books.accepted(order)
      return
    }
    books.ended(order)
    log.order_failed({ ...fields, reason: 'insufficient_balance', error: refused, order_id })
  }

  const decide = (line: Line) => {
    const { symbol, amountDecimals } = line.instrument
    line.signals += 1
    const draw = random(seed, `signal ${symbol} ${line.signals}`)
    const held = books.positions().get(symbol)
    line.left = steps(held === undefined ? draw.lognormal(30, 0.4) : draw.between(3, 8))
    const isRight = draw.chance(skill)
    const rises = market.deviation(symbol) < 0 === isRight
    const buys = held === undefined ? rises : held.size < 0
    const side = buys ? 'buy' : 'sell'
    const price = quotedPrice(symbol, market.price(symbol))
    log.signal_generated({ symbol, side, price })
    if (switches.isOn('no-orders')) return
    const amount = roundedTo(held === undefined ? stake / price : Math.abs(held.size), amountDecimals)
    const id = `${symbol.toLowerCase()}-${run}-${line.signals}`
    send({ id, symbol, side, price, amount }, draw, held === undefined)
  }

  const { take, resolve } = createReporter(options, balance)
  return Object.freeze({
    balance,
    resolve,
    step: () => {
      if (!switches.isOn('lost-order')) hasLost = false
      if (!books.isKnown()) return
      for (const report of exchange.reports()) take(report)
      if (!api.isOpen() || switches.isOn('no-signals')) return
      for (const line of lines) {
        if (isBusy(line.instrument.symbol)) continue
        line.left -= 1
        if (line.left <= 0) decide(line)
      }
    },
  })
}
