import { random } from '../random.ts'
import { type Instrument, stepsPerLeg } from '../setting.ts'

/** A market that moves in legs: each leg moves along a noisy path towards a target price drawn at its start. */
export interface Market {
  readonly step: () => void
  readonly price: (symbol: string) => number
  /** Whether this step started a new leg. */
  readonly turned: (symbol: string) => boolean
  /** The log return of the whole current leg, which a strategy tries to guess. */
  readonly ahead: (symbol: string) => number
  readonly fundingRate: (symbol: string) => number
  readonly openInterest: (symbol: string) => number
  readonly volume: (symbol: string) => number
  /** From -1, falling, to 1, rising. */
  readonly regime: (symbol: string) => number
}

/** Standard deviation of the log return of a leg. */
const legVolatility = 0.004
/** Fraction of the way back to the starting price that each leg is pulled, so that prices stay in a range for days. */
const pull = 0.002
/** The weight of each new leg in the regime. */
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
  /** Completed steps of the leg. */
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
    // Legs of different symbols start at different steps, to spread the orders evenly.
    done: (index * 2) % stepsPerLeg,
    regime: 0,
    openInterest: instrument.openInterest,
    volume: instrument.volume,
    step: () => {
      track.done += 1
      if (track.done >= stepsPerLeg) turn()
      const part = track.done / stepsPerLeg
      // A Brownian bridge: the noise is zero at both ends of the leg.
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

/** A level that drifts by about one percent per leg and reverts to its typical value. */
const wandering = (level: number, usual: number, shock: number): number =>
  level * Math.exp(0.01 * shock - 0.02 * Math.log(level / usual))
