import { fromMicros, type Holdings } from '../amount.ts'
import type { Api } from '../exchange/api.ts'
import type { FaultSwitches } from '../faults/list.ts'
import { isCoin } from '../market/market.ts'
import type { BotMetrics } from '../metrics.ts'
import { type Coin, type ExchangeName, exchangeNames, exchanges, stake } from '../setting.ts'
import type { Books } from './books.ts'
import type { Halts } from './halts.ts'
import type { Prices } from './prices.ts'
import type { Plan, Signal } from './strategies.ts'

type Rejection =
  | 'below_minimum_edge'
  | 'position_limit'
  | 'daily_loss'
  | 'balance'
  | 'inventory'
  | 'stale_quote'
  | 'order_limit'
  | 'implausible_spread'
  | 'transfers_closed'
  | 'halted'

interface RiskOptions {
  readonly metrics: BotMetrics
  readonly switches: FaultSwitches
  readonly books: Books
  readonly prices: Prices
  readonly halts: Halts
  readonly apis: ReadonlyMap<ExchangeName, Api>
  readonly quoteAge: (exchange: ExchangeName) => number | undefined
  readonly transfersOpen: (exchange: ExchangeName, coin: Coin) => boolean
}

/** Least share of the stake that must be left, and the largest spread that can be true. */
const [leastEdge, sanityBound] = [0.0003, 0.03]
/** In milliseconds. */
const oldest = 2000
/** Of the order limit, which leaves orders for legs that are open. */
const ordersUsed = 0.9
/** Value of positions in USD with a margin, and the share of it that the equity must be. */
const [positionLimit, leastMargin] = [220_000, 0.3]
/** Share of a coin on one exchange that a buy may lead to, and what a sale must leave, in stakes. */
const [largestShare, leftOver] = [0.8, 2]

/** Judges signals: the first reason not to execute one, or null. */
export function createRisk(options: RiskOptions): (signal: Signal) => Rejection | null {
  const { metrics, switches, books, prices, halts, apis, quoteAge, transfersOpen } = options
  const plansOf = ({ groups }: Signal) => groups.flat()
  const exchangesOf = (signal: Signal) => [...new Set([signal.buy, signal.sell])]
  const spot = (exchange: ExchangeName) => !exchanges[exchange].margin
  const held = (exchange: ExchangeName, asset: keyof Holdings) => fromMicros(books.holdings(exchange)[asset] ?? 0)

  const isStale = (exchange: ExchangeName) => {
    const stale = (quoteAge(exchange) ?? Number.POSITIVE_INFINITY) > oldest
    if (stale) metrics.stale_quotes_total.inc({ exchange })
    return stale
  }
  const lacksMargin = (exchange: ExchangeName) => {
    const gross = prices.gross(books.holdings(exchange))
    return !spot(exchange) && prices.worth(books.holdings(exchange)) < leastMargin * (gross + stake)
  }
  const lacksCoins = ({ exchange, pair, side }: Plan) => {
    if (!spot(exchange)) return false
    if (side === 'sell') return held(exchange, pair.base) * prices.of(pair.base) < leftOver * stake
    if (isCoin(pair.quote) && held(exchange, pair.quote) * prices.of(pair.quote) < leftOver * stake) return true
    const total = exchangeNames.filter(spot).reduce((sum, name) => sum + held(name, pair.base), 0)
    const size = stake / prices.of(pair.base)
    return (held(exchange, pair.base) + size) / (total + size) > largestShare
  }
  const lacksCash = ({ exchange, pair, side }: Plan) =>
    side === 'buy' &&
    spot(exchange) &&
    !isCoin(pair.quote) &&
    held(exchange, pair.quote) * prices.of(pair.quote) < leftOver * stake
  const isOverPosition = (exchange: ExchangeName) =>
    switches.isOn('position-limit') || (!spot(exchange) && prices.gross(books.holdings(exchange)) > positionLimit)

  return (signal) => {
    const names = exchangesOf(signal)
    const halt = halts.reason()
    if (signal.edge < leastEdge) return 'below_minimum_edge'
    if (halt !== null) return halt === 'daily_loss' ? 'daily_loss' : 'halted'
    if (signal.spread > sanityBound) return 'implausible_spread'
    if (names.filter(isStale).length > 0) return 'stale_quote'
    if (names.length > 1 && names.some((name) => !transfersOpen(name, signal.coin))) return 'transfers_closed'
    if (names.some((name) => !apis.get(name)?.isOpen())) return 'halted'
    if (names.some((name) => (apis.get(name)?.orderLimitUsed() ?? 0) > ordersUsed)) return 'order_limit'
    if (names.some(isOverPosition)) return 'position_limit'
    if (plansOf(signal).some(lacksCoins)) return 'inventory'
    return plansOf(signal).some(lacksCash) || names.some(lacksMargin) ? 'balance' : null
  }
}
