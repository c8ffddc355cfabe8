import { atLeast, exactly, type Interval, interval, nothing, single, whatever, widen, withNan } from './interval.ts'

/** The result of a function over a window of at most `samples` samples with these values. */
export function overTime(fn: string, of: Interval, samples: number, share: Interval | null = null): Interval {
  const spread = spreadOf(of)
  const more = { nan: of.nan || of.infinite, infinite: of.infinite }
  switch (fn) {
    case 'avg_over_time':
      return widen(interval(of.lo, of.hi, more))
    case 'min_over_time':
    case 'max_over_time':
    case 'last_over_time':
    case 'first_over_time':
      return of
    case 'sum_over_time':
      return widen(total(of, samples))
    case 'count_over_time':
      return interval(1, samples)
    case 'present_over_time':
    case 'absent_over_time':
      return exactly(1)
    case 'changes':
    case 'resets':
      return interval(0, samples)
    case 'stddev_over_time':
      return widen(interval(0, spread / 2, more), 1e-6)
    case 'stdvar_over_time':
      return widen(interval(0, (spread / 2) ** 2, more), 1e-6)
    case 'mad_over_time':
      return interval(0, spread, more)
    case 'quantile_over_time':
      return quantileInterval(share ?? whatever, of)
    // growth is extrapolated to both ends of the window, by up to 1.1 sample intervals at each
    case 'delta':
      return widen(interval(-3.2 * spread, 3.2 * spread, more))
    case 'idelta':
      return interval(-spread, spread, more)
    case 'increase':
      // there may be a counter reset before each sample
      return of.lo < 0 ? whatever : widen(interval(0, 3.2 * of.hi * samples, more))
    case 'rate':
    case 'irate':
      return of.lo < 0 ? whatever : interval(0, Infinity, more)
    case 'deriv':
    case 'predict_linear':
      return interval(-Infinity, Infinity, more)
    case 'ts_of_min_over_time':
    case 'ts_of_max_over_time':
    case 'ts_of_first_over_time':
    case 'ts_of_last_over_time':
      return atLeast(0)
    default:
      return whatever
  }
}

/** The largest difference between two such values. */
export const spreadOf = (of: Interval): number =>
  // for Infinity alone the difference is NaN, and callers add that
  of.lo === of.hi ? 0 : of.hi - of.lo

/** The sum of one to `count` such values. */
export function total(of: Interval, count: number): Interval {
  if (of.lo > of.hi) return of
  const times = (value: number) => (value === 0 ? 0 : value * count)
  const opposite = of.infinite && of.lo === -Infinity && of.hi === Infinity
  return interval(Math.min(of.lo, times(of.lo)), Math.max(of.hi, times(of.hi)), {
    infinite: of.infinite,
    nan: of.nan || opposite,
  })
}

/** A quantile of such values; one outside 0 to 1 yields infinity. */
export function quantileInterval(share: Interval, of: Interval): Interval {
  const between = interval(of.lo, of.hi, { nan: of.nan || share.nan || of.infinite, infinite: of.infinite })
  const q = single(share)
  if (share.lo >= 0 && share.hi <= 1) return widen(between)
  if (q !== null && q < 0) return withNan(exactly(-Infinity))
  if (q !== null && q > 1) return withNan(exactly(Infinity))
  return share.lo > share.hi ? nothing(true) : interval(-Infinity, Infinity, { infinite: true, nan: true })
}
