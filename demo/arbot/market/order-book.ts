import { random } from '../../paper/random.ts'

/** What is offered at a price; `size` in units of the base. */
interface Level {
  readonly price: number
  readonly size: number
}

/** The order book of a pair, best levels first. */
export interface OrderBook {
  readonly bids: readonly Level[]
  readonly asks: readonly Level[]
}

const depth = 5
/** Distance of the best level from the middle and of each level from the next, as a share; median size in stakes. */
const [halfSpread, tick, medianSize] = [0.00005, 0.00005, 2]

/** The order book around a price; the same name gives the same sizes. */
export function orderBookAt(seed: string, name: string, price: number, stakeSize: number): OrderBook {
  const draw = random(seed, `book ${name}`)
  const side = (sign: number) =>
    Array.from({ length: depth }, (_, i) => ({
      price: price * (1 + sign * (halfSpread + i * tick)),
      size: draw.lognormal(medianSize, 0.5) * stakeSize,
    }))
  return Object.freeze({ bids: side(-1), asks: side(1) })
}

/** The mean price at which an amount is filled; what exceeds the book is filled at its last level. */
export function fillPrice({ bids, asks }: OrderBook, side: 'buy' | 'sell', amount: number): number {
  const levels = side === 'buy' ? asks : bids
  let [left, cost] = [amount, 0]
  for (const [i, { price, size }] of levels.entries()) {
    const taken = i === levels.length - 1 ? left : Math.min(left, size)
    cost += taken * price
    left -= taken
    if (left <= 0) break
  }
  return cost / amount
}
