import { random } from '../../paper/random.ts'
import { type Clock, pointsPerLeg } from '../clock.ts'
import { type Conditions, createConditions } from '../conditions.ts'
import { type Instrument, stepSeconds } from '../setting.ts'

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

export function createMarket(
  seed: string,
  instruments: readonly Instrument[],
  clock: Clock,
  { shock }: Pick<Conditions, 'shock'> = createConditions(),
): Market {
  const tracks = new Map(
    instruments.map((instrument, index) => [instrument.symbol, createTrack(seed, instrument, index, clock)]),
  )
  const of = (symbol: string): Track => {
    const track = tracks.get(symbol)
    if (track === undefined) throw new Error(`the paper market has no ${symbol}`)
    return track
  }
  let steps = 0
  return Object.freeze({
    step: () => {
      steps += 1
      for (const track of tracks.values()) track.step()
    },
    price: (symbol: string) => of(symbol).price() * shock(steps * stepSeconds),
    turned: (symbol: string) => of(symbol).turned(),
    ahead: (symbol: string) => Math.log(of(symbol).point().to / of(symbol).point().from),
    fundingRate: (symbol: string) => 0.0001 + 0.0003 * of(symbol).point().regime,
    openInterest: (symbol: string) => of(symbol).point().openInterest,
    volume: (symbol: string) => of(symbol).point().volume,
    regime: (symbol: string) => of(symbol).point().regime,
  })
}

/** A point of the path; all of them are the same at every speed of the clock. */
interface Point {
  readonly price: number
  readonly from: number
  readonly to: number
  /** Completed points of the leg. */
  readonly done: number
  readonly regime: number
  readonly openInterest: number
  readonly volume: number
}

interface Track {
  readonly point: () => Point
  readonly price: () => number
  readonly turned: () => boolean
  readonly step: () => void
}

function createTrack(seed: string, instrument: Instrument, index: number, { stepsPerPoint }: Clock): Track {
  const path = createPath(seed, instrument)
  let point: Point = {
    price: instrument.price,
    from: instrument.price,
    to: instrument.price,
    // Legs of different symbols start at different points, to spread the orders evenly.
    done: (index * 2) % pointsPerLeg,
    regime: 0,
    openInterest: instrument.openInterest,
    volume: instrument.volume,
  }
  let next = path.after(point)
  let steps = 0
  return Object.freeze({
    point: () => point,
    price: () => point.price * (next.price / point.price) ** (steps / stepsPerPoint),
    turned: () => point.done === 0 && steps === 0,
    step: () => {
      steps = (steps + 1) % stepsPerPoint
      if (steps > 0) return
      point = next
      next = path.after(point)
    },
  })
}

function createPath(seed: string, instrument: Instrument): { readonly after: (point: Point) => Point } {
  const draw = random(seed, `market ${instrument.symbol}`)
  const turned = (before: Point): Point => {
    const home = Math.log(before.to / instrument.price)
    const move = legVolatility * draw.normal() - pull * home
    return {
      price: before.to,
      from: before.to,
      to: before.to * Math.exp(move),
      done: 0,
      regime: before.regime + freshness * (Math.tanh((2 * move) / legVolatility) - before.regime),
      openInterest: wandering(before.openInterest, instrument.openInterest, draw.normal()),
      volume: wandering(before.volume, instrument.volume, draw.normal()),
    }
  }
  return {
    after: (before) => {
      const done = before.done + 1
      const point = done >= pointsPerLeg ? turned(before) : { ...before, done }
      const part = point.done / pointsPerLeg
      // A Brownian bridge: the noise is zero at both ends of the leg.
      const noise = legVolatility * 0.5 * Math.sqrt(part * (1 - part)) * draw.normal()
      return { ...point, price: point.from * (point.to / point.from) ** part * Math.exp(noise) }
    },
  }
}

/** A level that drifts by about one percent per leg and reverts to its typical value. */
const wandering = (level: number, usual: number, shock: number): number =>
  level * Math.exp(0.01 * shock - 0.02 * Math.log(level / usual))
