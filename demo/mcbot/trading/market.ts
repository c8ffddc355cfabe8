import { random } from '../random.ts'
import { type Instrument, stepsPerLeg } from '../setting.ts'

/** A market that moves in legs: each heads for a price that is drawn when it begins, along a noisy way. */
export interface Market {
  readonly step: () => void
  readonly price: (symbol: string) => number
  /** Whether this step began a new leg. */
  readonly turned: (symbol: string) => boolean
  /** Log return that the leg under way brings as a whole; what a strategy would like to know. */
  readonly ahead: (symbol: string) => number
  readonly fundingRate: (symbol: string) => number
  readonly openInterest: (symbol: string) => number
  readonly volume: (symbol: string) => number
  /** From -1, falling, to 1, rising. */
  readonly regime: (symbol: string) => number
}

/** Standard deviation of a leg's log return. */
const legVolatility = 0.004
/** Share of the way back to its first price that a leg is drawn, so that a price stays in a range for days. */
const pull = 0.002
/** How much of the regime one leg replaces. */
const freshness = 0.15

export function createMarket(seed: string, instruments: readonly Instrument[]): Market {
  const tracks = new Map(
    instruments.map((instrument, index) => [instrument.symbol, createTrack(seed, instrument, index)]),
  )
  const of = (symbol: string): Track => {
    const track = tracks.get(symbol)
    if (track === undefined) throw new Error(`the paper market has no ${symbol}`)
    return track
  }
  return Object.freeze({
    step: () => {
      for (const track of tracks.values()) track.step()
    },
    price: (symbol: string) => of(symbol).price,
    turned: (symbol: string) => of(symbol).done === 0,
    ahead: (symbol: string) => Math.log(of(symbol).to / of(symbol).from),
    fundingRate: (symbol: string) => 0.0001 + 0.0003 * of(symbol).regime,
    openInterest: (symbol: string) => of(symbol).openInterest,
    volume: (symbol: string) => of(symbol).volume,
    regime: (symbol: string) => of(symbol).regime,
  })
}

interface Track {
  price: number
  from: number
  to: number
  /** Steps of the leg that are over. */
  done: number
  regime: number
  openInterest: number
  volume: number
  step: () => void
}

function createTrack(seed: string, instrument: Instrument, index: number): Track {
  const draw = random(seed, `market ${instrument.symbol}`)
  const track: Track = {
    price: instrument.price,
    from: instrument.price,
    to: instrument.price,
    // Legs of different symbols begin at different steps, so that orders come evenly.
    done: (index * 2) % stepsPerLeg,
    regime: 0,
    openInterest: instrument.openInterest,
    volume: instrument.volume,
    step: () => {
      track.done += 1
      if (track.done >= stepsPerLeg) turn()
      const part = track.done / stepsPerLeg
      // A Brownian bridge: the noise is nothing at both ends of the leg.
      const noise = legVolatility * 0.5 * Math.sqrt(part * (1 - part)) * draw.normal()
      track.price = track.from * (track.to / track.from) ** part * Math.exp(noise)
    },
  }
  const turn = () => {
    const home = Math.log(track.to / instrument.price)
    const move = legVolatility * draw.normal() - pull * home
    track.done = 0
    track.from = track.to
    track.to = track.from * Math.exp(move)
    track.regime += freshness * (Math.tanh((2 * move) / legVolatility) - track.regime)
    track.openInterest = wandering(track.openInterest, instrument.openInterest, draw.normal())
    track.volume = wandering(track.volume, instrument.volume, draw.normal())
  }
  return track
}

/** A level that drifts by about one percent a leg and is drawn back to its usual value. */
const wandering = (level: number, usual: number, shock: number): number =>
  level * Math.exp(0.01 * shock - 0.02 * Math.log(level / usual))
