import {
  hasNumber,
  hull,
  type Interval,
  interval,
  monotone,
  nothing,
  single,
  whatever,
  widen,
  withNan,
} from './interval.ts'

/** The result of a function of single values; null if it is not one. */
export function mathOf(fn: string, of: Interval): Interval | null {
  // keep -0
  const limited = () => interval(of.lo < 0 ? -0 : of.lo, of.hi, of)
  switch (fn) {
    case 'abs':
      if (!hasNumber(of)) return of
      return of.lo >= 0 ? of : of.hi <= 0 ? monotone(of, Math.abs) : interval(0, Math.max(-of.lo, of.hi), of)
    case 'ceil':
      return monotone(of, Math.ceil)
    case 'floor':
      return monotone(of, Math.floor)
    case 'sgn':
      return monotone(of, Math.sign)
    case 'exp':
      return widen(monotone(of, Math.exp, { infinite: true }))
    case 'ln':
    case 'log2':
    case 'log10': {
      const log = { ln: Math.log, log2: Math.log2, log10: Math.log10 }[fn]
      const infinite = of.infinite || (of.lo <= 0 && of.hi >= 0)
      return widen(monotone(limited(), log, { infinite, nan: of.nan || of.lo < 0 }))
    }
    case 'sqrt':
      return widen(monotone(limited(), Math.sqrt, { nan: of.nan || of.lo < 0 }))
    case 'sin':
    case 'cos':
      return interval(-1, 1, { nan: of.nan || of.infinite })
    case 'tanh':
      return widen(monotone(of, Math.tanh))
    case 'atan':
      return widen(monotone(of, Math.atan))
    case 'asin':
      return widen(interval(-Math.PI / 2, Math.PI / 2, { nan: true }))
    case 'acos':
      return widen(interval(0, Math.PI, { nan: true }))
    case 'deg':
      return widen(monotone(of, (x) => (x * 180) / Math.PI))
    case 'rad':
      return widen(monotone(of, (x) => (x * Math.PI) / 180))
    case 'sort':
    case 'sort_desc':
    case 'sort_by_label':
    case 'sort_by_label_desc':
      return of
    case 'tan':
    case 'sinh':
    case 'cosh':
    case 'asinh':
    case 'acosh':
    case 'atanh':
      return whatever
    default:
      return calendar[fn] ?? null
  }
}

const calendar: Readonly<Record<string, Interval>> = {
  minute: interval(0, 59),
  hour: interval(0, 23),
  day_of_week: interval(0, 6),
  day_of_month: interval(1, 31),
  day_of_year: interval(1, 366),
  days_in_month: interval(28, 31),
  month: interval(1, 12),
  year: interval(-Infinity, Infinity),
}

/** Rounded to the nearest multiple of a number. */
export function roundInterval(of: Interval, to: Interval): Interval {
  const step = single(to)
  if (step === null || !Number.isFinite(step) || step <= 0) return withNan(whatever)
  const inverse = 1 / step
  return widen(monotone(of, (x) => Math.floor(x * inverse + 0.5) / inverse))
}

/** Limited to a range; nothing if the lower limit is above the upper one. */
export function clampInterval(of: Interval, least: Interval, most: Interval): Interval {
  const nan = of.nan || least.nan || most.nan
  const limits = hull(least, most)
  if (nan && (least.nan || most.nan)) return withNan(hull(of, limits))
  if (!hasNumber(of)) return nothing(nan)
  const clamp = (x: number, low: number, high: number) => Math.max(low, Math.min(high, x))
  const [lo, hi] = [clamp(of.lo, least.lo, most.lo), clamp(of.hi, least.hi, most.hi)]
  return interval(Math.min(lo, hi), Math.max(lo, hi), { infinite: of.infinite || limits.infinite, nan })
}
