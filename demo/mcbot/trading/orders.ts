import type { Random } from '../../paper/random.ts'
import { type Instrument, stepSeconds, takerFee } from '../setting.ts'
import { absolute, toPrice } from './amount.ts'

export type Side = 'buy' | 'sell'
type OrderType = 'market' | 'limit'
type Rejection = 'insufficient_margin' | 'price_filter' | 'min_notional' | 'rate_limit' | 'risk_limit' | 'other'

export interface Order {
  readonly strategy: string
  readonly symbol: string
  readonly side: Side
  readonly type: OrderType
  /** Signed; in the units of amount.ts. */
  readonly size: bigint
  /** Seconds from sending the order to its last fill. */
  readonly latency: number
  /** The step at which it is filled; a second half may follow one step later. */
  readonly due: number
  readonly inHalves: boolean
  readonly rejected: Rejection | null
}

export interface Fill {
  readonly order: Order
  readonly size: bigint
  readonly expected: bigint
  readonly price: bigint
  /** Negative for a rebate. */
  readonly fee: bigint
  /** Whether it completes the order. */
  readonly last: boolean
}

const rejectedShare = 0.004
const rejections: readonly Rejection[] = ['insufficient_margin', 'price_filter', 'min_notional', 'rate_limit', 'other']

/** Sends an order, with a random outcome at the exchange. */
export function sendOrder(draw: Random, step: number, wish: Pick<Order, 'strategy' | 'symbol' | 'size'>): Order {
  const type = draw.chance(0.4) ? 'limit' : 'market'
  const latency = Math.min(2, draw.lognormal(type === 'limit' ? 0.25 : 0.12, 0.45))
  const inHalves = draw.chance(0.2)
  const rejected = draw.chance(rejectedShare) ? draw.pick(rejections) : null
  const side = wish.size > 0n ? 'buy' : 'sell'
  const due = step + Math.max(1, Math.ceil(latency / stepSeconds))
  return { ...wish, side, type, latency, due, inHalves: inHalves && absolute(wish.size) > 1n, rejected }
}

/** Fills an order, or the half that is due, at the market price with random slippage, `better` by this many basis points than usual. */
export function fillOrder(
  draw: Random,
  instrument: Instrument,
  order: Order,
  { price, step, better }: { readonly price: number; readonly step: number; readonly better: number },
): Fill {
  const first = order.inHalves && step <= order.due
  const half = order.size / 2n
  const size = !order.inHalves ? order.size : first ? half : order.size - half
  const usual =
    order.type === 'market' ? between(-6, 2 + 3 * draw.normal(), 14) : between(-8, -1 + 1.5 * draw.normal(), 4)
  const slippage = usual - better
  const direction = order.side === 'buy' ? 1 : -1
  const filledAt = toPrice(price * (1 + (direction * slippage) / 10_000))
  const rate = order.type === 'market' ? takerFee : instrument.makerFee
  return {
    order,
    size,
    expected: toPrice(price),
    price: filledAt,
    fee: (absolute(size) * filledAt * BigInt(rate)) / 1_000_000n,
    last: !first,
  }
}

/** What a fill cost more than at its expected price, in the units of amount.ts; negative if it cost less. */
export const slippageOf = ({ size, price, expected }: Pick<Fill, 'size' | 'price' | 'expected'>): bigint =>
  size * (price - expected)

const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value))
