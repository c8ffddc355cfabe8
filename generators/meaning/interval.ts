/**
 * The numbers a value can be: from `lo` to `hi`, and possibly NaN. An infinite bound means that the bound is unknown; the value
 * itself can be infinite only if `infinite` is set. There is no number at all if lo > hi.
 */
export interface Interval {
  readonly lo: number
  readonly hi: number
  readonly infinite: boolean
  readonly nan: boolean
}

export const interval = (
  lo: number,
  hi: number,
  more: { readonly infinite?: boolean; readonly nan?: boolean } = {},
): Interval =>
  Object.freeze({
    lo,
    hi,
    infinite: more.infinite === true && (lo === -Infinity || hi === Infinity),
    nan: more.nan ?? false,
  })
export const exactly = (value: number): Interval =>
  Number.isNaN(value) ? nothing(true) : interval(value, value, { infinite: !Number.isFinite(value) })
export const finite = interval(-Infinity, Infinity)
export const whatever = interval(-Infinity, Infinity, { infinite: true, nan: true })
export const atLeast = (lo: number): Interval => interval(lo, Infinity)
export const truth = interval(0, 1)
/** No number; possibly NaN. */
export const nothing = (nan = false): Interval => interval(Infinity, -Infinity, { nan })

export const hasNumber = (of: Interval): boolean => of.lo <= of.hi
export const isEmpty = (of: Interval): boolean => !hasNumber(of) && !of.nan
/** The only number it can be; null if there are several. */
export const single = (of: Interval): number | null => (of.lo === of.hi && !of.nan ? of.lo : null)
export const contains = (of: Interval, value: number): boolean =>
  Number.isNaN(value) ? of.nan : value >= of.lo && value <= of.hi && (Number.isFinite(value) || of.infinite)
const canBe = (of: Interval, value: number) => of.infinite && of.lo <= value && value <= of.hi

/** The numbers that either can be. */
export const hull = (a: Interval, b: Interval): Interval =>
  interval(Math.min(a.lo, b.lo), Math.max(a.hi, b.hi), { infinite: a.infinite || b.infinite, nan: a.nan || b.nan })
export const withNan = (of: Interval): Interval =>
  of.nan ? of : interval(of.lo, of.hi, { infinite: of.infinite, nan: true })
/** The numbers of it from lo to hi. */
export const within = (of: Interval, lo: number, hi: number): Interval =>
  // -0 is not below 0
  interval(lo === 0 && !isFromZero(of) ? -0 : Math.max(of.lo, lo), Math.min(of.hi, hi), { infinite: of.infinite })

/** Slightly wider: a computation in several steps rounds in each. */
export function widen(of: Interval, share = 1e-9): Interval {
  if (!hasNumber(of)) return of
  const slack = (bound: number) => (Number.isFinite(bound) ? Math.abs(bound) * share + 5e-324 : 0)
  return interval(of.lo === 0 ? of.lo : of.lo - slack(of.lo), of.hi === 0 ? of.hi : of.hi + slack(of.hi), of)
}

/** The image under a monotonic function, as floating point computes it. */
export function monotone(
  of: Interval,
  f: (value: number) => number,
  more: { readonly infinite?: boolean; readonly nan?: boolean } = {},
): Interval {
  if (!hasNumber(of)) return nothing(of.nan || more.nan === true)
  const [a, b] = [f(of.lo), f(of.hi)]
  return interval(Math.min(a, b), Math.max(a, b), {
    infinite: of.infinite || more.infinite === true,
    nan: of.nan || more.nan === true,
  })
}

export const negate = (of: Interval): Interval => (hasNumber(of) ? interval(-of.hi, -of.lo, of) : of)

export function sumOf(a: Interval, b: Interval): Interval {
  if (!hasNumber(a) || !hasNumber(b)) return nothing(a.nan || b.nan)
  const opposite = (canBe(a, Infinity) && canBe(b, -Infinity)) || (canBe(a, -Infinity) && canBe(b, Infinity))
  const [lo, hi] = [a.lo + b.lo, a.hi + b.hi]
  return interval(Number.isNaN(lo) ? -Infinity : lo, Number.isNaN(hi) ? Infinity : hi, {
    infinite: a.infinite || b.infinite,
    nan: a.nan || b.nan || opposite,
  })
}

export function product(a: Interval, b: Interval): Interval {
  if (!hasNumber(a) || !hasNumber(b)) return nothing(a.nan || b.nan)
  const zeroTimesInfinite = (x: Interval, y: Interval) => x.lo <= 0 && x.hi >= 0 && y.infinite
  // an unbounded side can be any number, and 0 times any number is 0
  const times = (x: number, y: number) => (x === 0 || y === 0 ? 0 : x * y)
  const corners = [times(a.lo, b.lo), times(a.lo, b.hi), times(a.hi, b.lo), times(a.hi, b.hi)]
  return interval(signed(Math.min(...corners), a, b), Math.max(...corners), {
    infinite: a.infinite || b.infinite,
    nan: a.nan || b.nan || zeroTimesInfinite(a, b) || zeroTimesInfinite(b, a),
  })
}

export function quotient(a: Interval, b: Interval): Interval {
  if (!hasNumber(a) || !hasNumber(b)) return nothing(a.nan || b.nan)
  const nan = a.nan || b.nan || (a.infinite && b.infinite)
  const byZero = b.lo <= 0 && b.hi >= 0
  if (byZero) {
    const zero = a.lo <= 0 && a.hi >= 0
    if (a.lo === 0 && a.hi === 0 && b.lo === 0 && b.hi === 0) return nothing(true)
    const sign = a.lo >= 0 && isFromZero(b) ? interval(a.lo === 0 ? a.lo : 0, Infinity) : finite
    return interval(sign.lo, sign.hi, { infinite: true, nan: nan || zero })
  }
  const by = (x: number, y: number) => (x === 0 ? 0 : Number.isFinite(y) ? x / y : 0)
  const corners = [by(a.lo, b.lo), by(a.lo, b.hi), by(a.hi, b.lo), by(a.hi, b.hi)]
  return interval(signed(Math.min(...corners), a, b), Math.max(...corners), { infinite: a.infinite, nan })
}

/** Whether it is never -0 or below: a division by -0 yields the other infinity. */
const isFromZero = (of: Interval) => of.lo > 0 || Object.is(of.lo, 0)
/** A lower bound of a product or quotient: 0 by something negative is -0. */
const signed = (lo: number, a: Interval, b: Interval) => (lo === 0 && !(isFromZero(a) && isFromZero(b)) ? -0 : lo)

/** A remainder has the sign of the left side, and is smaller than the right side. */
export function remainder(a: Interval, b: Interval): Interval {
  if (!hasNumber(a) || !hasNumber(b)) return nothing(a.nan || b.nan)
  const most = Math.min(Math.max(Math.abs(a.lo), Math.abs(a.hi)), Math.max(Math.abs(b.lo), Math.abs(b.hi)))
  return interval(a.lo < 0 ? -most : Object.is(a.lo, -0) ? -0 : 0, a.hi > 0 ? most : 0, {
    nan: a.nan || b.nan || a.infinite || (b.lo <= 0 && b.hi >= 0),
    infinite: false,
  })
}

export function power(a: Interval, b: Interval): Interval {
  if (!hasNumber(a) || !hasNumber(b)) return whatever
  const exponent = single(b)
  const more = { infinite: true, nan: a.nan || b.nan }
  if (exponent === 0 || single(a) === 1) return interval(1, 1, {})
  if (a.lo >= 0 && exponent !== null && exponent > 0) return widen(interval(a.lo ** exponent, a.hi ** exponent, more))
  if (exponent === 2)
    return widen(
      interval(a.lo <= 0 && a.hi >= 0 ? 0 : Math.min(a.lo ** 2, a.hi ** 2), Math.max(a.lo ** 2, a.hi ** 2), more),
    )
  return isFromZero(a) ? interval(0, Infinity, more) : whatever
}
