/** An amount in a unit, used for thresholds. `per` is the number of seconds of a rate, 0 if it is not a rate. */
export interface Quantity<out D extends string> {
  readonly value: number
  readonly unit: Unit<D>
  readonly per: number
}

/**
 * A unit of measure, also callable to make a quantity: `unit: bps` on a metric, `bps(20)` as a threshold. One unit is num/den
 * base units of its dimension; these are integers, so that `bps(20)` prints as 20 and not as 20.000000000000004.
 */
export interface Unit<out D extends string> {
  (value: number): Quantity<D>
  readonly dim: D
  /** The suffix of metric names in this unit, such as `seconds`. */
  readonly suffix: string
  /** The symbol after a number for people, such as `bp`. */
  readonly symbol: string
  readonly num: number
  readonly den: number
}

/** Declares a unit; each currency or coin is its own dimension. */
export function unit<const D extends string>(dim: D, suffix: string, symbol = suffix, num = 1, den = 1): Unit<D> {
  const self: Unit<D> = Object.assign((value: number): Quantity<D> => Object.freeze({ value, unit: self, per: 0 }), {
    dim,
    suffix,
    symbol,
    num,
    den,
  })
  return Object.freeze(self)
}

export const seconds = unit('time', 'seconds', 's')
export const ms = unit('time', 'milliseconds', 'ms', 1, 1000)
export const minutes = unit('time', 'minutes', 'min', 60)
export const hours = unit('time', 'hours', 'h', 3600)
export const days = unit('time', 'days', 'd', 86_400)
/** Seconds since 1970; compare them through `ageOf()`. */
export const timestamp = unit('timestamp', 'timestamp', 's')

export const bytes = unit('bytes', 'bytes', 'B')
export const MiB = unit('bytes', 'mebibytes', 'MiB', 2 ** 20)
export const GiB = unit('bytes', 'gibibytes', 'GiB', 2 ** 30)

export const ratio = unit('ratio', 'ratio', '')
export const percent = unit('ratio', 'percent', '%', 1, 100)
export const bps = unit('ratio', 'bps', 'bp', 1, 10_000)

export const usdt = unit('usdt', 'usdt', 'USDT')
export const usd = unit('usd', 'usd', 'USD')
export const krw = unit('krw', 'krw', 'KRW')
/** An amount of the coin of a symbol; must not be added up over symbols. */
export const coins = unit('coins', 'coins', '')

/** A count of things; the default unit of a metric. */
export const items = unit('count', '', '')
/** 0 or 1. */
export const flag = unit('flag', '', '')
/** A number on its own scale, such as a Sharpe ratio or a slope. */
export const score = unit('score', '', '')

/** Dimensions that scale others without changing them: money times a ratio is money. */
export type Plain = 'count' | 'ratio' | 'flag' | 'score'

export type PerSecond<D extends string> = `${D}/s`
type PerUnit<Q> = Q extends Quantity<infer D> ? PerSecond<D> : 'count/s'

const per = <Q extends number | Quantity<string>>(q: Q, secs: number): Quantity<PerUnit<Q>> => {
  const quantity: Quantity<string> = typeof q === 'number' ? items(q) : q
  return Object.freeze({ value: quantity.value, unit: quantity.unit, per: secs }) as never
}

export const perSecond = <Q extends number | Quantity<string>>(q: Q) => per(q, 1)
export const perMinute = <Q extends number | Quantity<string>>(q: Q) => per(q, 60)
export const perHour = <Q extends number | Quantity<string>>(q: Q) => per(q, 3600)
