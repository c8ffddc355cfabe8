import { random } from '../../paper/random.ts'
import { type Instrument, instruments } from '../setting.ts'

/** Prices that wander around their usual level. */
export interface Market {
  readonly step: () => void
  readonly price: (symbol: string) => number
  /** How far the price is from its usual level, as a share of it. */
  readonly deviation: (symbol: string) => number
}

/** Standard deviation of the log return of a step, and the share of the deviation that each step takes back. */
const [volatility, pull] = [0.0003, 0.01]

export function createMarket(seed: string): Market {
  const tracks = new Map(instruments.map((instrument) => [instrument.symbol, createTrack(seed, instrument)]))
  const of = (symbol: string) => {
    const track = tracks.get(symbol)
    if (track === undefined) throw new Error(`the paper market has no ${symbol}`)
    return track
  }
  return Object.freeze({
    step: () => {
      for (const track of tracks.values()) track.step()
    },
    price: (symbol: string) => of(symbol).price(),
    deviation: (symbol: string) => Math.expm1(of(symbol).distance()),
  })
}

function createTrack(seed: string, { symbol, price }: Instrument) {
  const draw = random(seed, `market ${symbol}`)
  /** The log of the price over its usual level. */
  let distance = 0
  return {
    step: () => {
      distance += volatility * draw.normal() - pull * distance
    },
    price: () => price * Math.exp(distance),
    distance: () => distance,
  }
}
