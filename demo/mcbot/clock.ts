import { stepSeconds } from './setting.ts'

/** How fast the market runs against the clock, and how many steps a day then has. */
export interface Clock {
  readonly stepsPerDay: number
  /** Steps from one point of the market's path to the next. */
  readonly stepsPerPoint: number
  /** How long a market hour lasts on the clock: what is in seconds, such as the length and age of bars, is in these. */
  readonly secondsPerHour: number
  /** The share of its decisions that a strategy acts on. */
  readonly activity: number
  /** Market hours that have passed after this many steps. */
  readonly hours: (steps: number) => number
  /** Steps that take this many market hours. */
  readonly steps: (hours: number) => number
}

/** Time between decisions on a symbol, in market hours. */
const hoursPerLeg = 4
/** Points of the market's path in each leg; between two points, the price moves evenly. */
export const pointsPerLeg = 10
const pointsPerDay = (24 / hoursPerLeg) * pointsPerLeg

/** A market day in 30 seconds, so that daily figures change within minutes: each step reaches a point. */
export const fastest = 86_400 / (pointsPerDay * stepSeconds)

/** At the speed of an exchange, about five fills a day; a fast market has enough of them within minutes. */
const fewTrades = 0.045

/** Whether a market that is faster than the clock by this factor reaches its points at whole steps. */
export const isClockFactor = (factor: number): boolean => factor >= 1 && fastest % factor === 0

/** A clock for a market that runs `factor` times as fast; at 1, hours, days and bars are as long as at an exchange. */
export function createClock(factor: number = fastest): Clock {
  if (!isClockFactor(factor)) throw new Error(`the clock factor is ${factor}, expected a divisor of ${fastest}`)
  const stepsPerPoint = fastest / factor
  const stepsPerDay = pointsPerDay * stepsPerPoint
  return Object.freeze({
    stepsPerDay,
    stepsPerPoint,
    secondsPerHour: (stepsPerDay * stepSeconds) / 24,
    activity: factor === 1 ? fewTrades : 1,
    // in this order it is exact whenever an hour is complete
    hours: (steps: number) => (steps * 24) / stepsPerDay,
    steps: (hours: number) => Math.round((hours * stepsPerDay) / 24),
  })
}
