import { atLeast, exactly, type Interval, interval, nothing, single, whatever, widened, withNan } from './interval.ts'

/** What a function over a window yields of samples with these values, at most so many of them. */
export function overTime(fn: string, of: Interval, samples: number, share: Interval | null = null): Interval {
  const spread = spreadOf(of)
  const more = { nan: of.nan || of.infinite, infinite: of.infinite }
  switch (fn) {
    case 'avg_over_time':
      return widened(interval(of.lo, of.hi, more))
    case 'min_over_time':
    case 'max_over_time':
    case 'last_over_time':
    case 'first_over_time':
      return of
    case 'sum_over_time':
      return widened(total(of, samples))
    case 'count_over_time':
      return interval(1, samples)
    case 'present_over_time':
    case 'absent_over_time':
      return exactly(1)
    case 'changes':
    case 'resets':
      return interval(0, samples)
    case 'stddev_over_time':
      return widened(interval(0, spread / 2, more), 1e-6)
    case 'stdvar_over_time':
      return widened(interval(0, (spread / 2) ** 2, more), 1e-6)
    case 'mad_over_time':
      return interval(0, spread, more)
    case 'quantile_over_time':
      return quantiles(share ?? whatever, of)
    // growth is extrapolated to the ends of the window, by 1.1 of the time between two samples at each
    case 'delta':
      return widened(interval(-3.2 * spread, 3.2 * spread, more))
    case 'idelta':
      return interval(-spread, spread, more)
    case 'increase':
      // each sample may stand behind a restart
      return of.lo < 0 ? whatever : widened(interval(0, 3.2 * of.hi * samples, more))
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

/** How far two such values can lie apart. */
export const spreadOf = (of: Interval): number =>
  // of Infinity alone it is NaN, and those who ask for it add that
  of.lo === of.hi ? 0 : of.hi - of.lo

/** The sum of one to so many of such values. */
export function total(of: Interval, count: number): Interval {
  if (of.lo > of.hi) return of
  const times = (value: number) => (value === 0 ? 0 : value * count)
  const opposite = of.infinite && of.lo === -Infinity && of.hi === Infinity
  return interval(Math.min(of.lo, times(of.lo)), Math.max(of.hi, times(of.hi)), {
    infinite: of.infinite,
    nan: of.nan || opposite,
  })
}

/** The value below which a share of such values lies; a share outside 0 to 1 is infinite. */
export function quantiles(share: Interval, of: Interval): Interval {
  const between = interval(of.lo, of.hi, { nan: of.nan || share.nan || of.infinite, infinite: of.infinite })
  const q = single(share)
  if (share.lo >= 0 && share.hi <= 1) return widened(between)
  if (q !== null && q < 0) return withNan(exactly(-Infinity))
  if (q !== null && q > 1) return withNan(exactly(Infinity))
  return share.lo > share.hi ? nothing(true) : interval(-Infinity, Infinity, { infinite: true, nan: true })
}
