import type { Defect } from '../defect.ts'
import type { Duration, Window } from '../duration.ts'
import type { Mistake } from '../mistake.ts'
import type { Node } from '../node.ts'
import type { Plain, Quantity, Unit } from '../unit.ts'
import type { Minus, Over, Times } from './dimension.ts'
import type { Match } from './match.ts'

declare const carried: unique symbol
declare const exactly: unique symbol
declare const alone: unique symbol
declare const single: unique symbol

/** Has exactly the labels L; a single interface check, so that it also works inside a user's generic functions. */
export interface Exactly<in out L> {
  readonly [exactly]: (labels: L) => L
}

/** The run-time fields of every expression. */
export interface AnyExpression {
  readonly node: Node
  readonly unit: Unit<string>
  /** The label names of its series, sorted, as its type has them. */
  readonly labels: readonly string[]
  readonly defects: readonly Defect[]
}

/** The type parameters of every expression; inference uses this one property, which is much cheaper than the whole structure. */
export interface Carries<out L, out D> extends AnyExpression {
  readonly [carried]: { readonly labels: L; readonly dim: D }
}
/** A sentence that the compiler shows in full; a bare literal would be shown as `string`. */
interface No<out Why extends string> {
  readonly [alone]: Why
}
/** Something that is not a vector yet; if one is expected, the compiler's message says why. */
export interface NoVector<out Why extends string> extends AnyExpression {
  readonly [carried]: No<Why>
}
export type NoBuckets = 'these are buckets: histogram_quantile(q, ...) first'
/** A vector of values, and not of buckets. */
export type Values<L, D> = Carries<L, D> & { readonly buckets?: NoBuckets }

/** One number at each moment, without series: used on the right of a vector, or under `vector()`. */
export interface Scalar<out D extends string>
  extends NoVector<'this is one number without series: put it under vector(), or on the right of a comparison'> {
  readonly [single]: D
}

export type LabelsOf<R> = R extends Carries<infer L extends string, unknown> ? L : never
export type DimOf<R> = R extends Carries<unknown, infer D extends string> ? D : 'count'
/** The labels that every aggregation keeps by default, so that live and paper are never added up by accident. */
export type KeptLabel = 'bot' | 'env'

export type BareCounter =
  'a counter only grows, and restarts at 0: put it under rate(x, "5m") or increase(x, "5m"); .total for the raw number'
type DifferentLabels = 'the two sides have different labels: sum both .by() the same ones, or match with .on()'
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

// Valid right sides: Right for comparisons, + and -; Factor for * and /; Side for and, or, unless.
type Right<R, L extends string, D extends string> =
  R extends Carries<infer L2, infer D2 extends string>
    ? R extends Exactly<L>
      ? Same<D, D2> extends true
        ? R
        : Mistake<`left is in ${D}, right is in ${D2}`>
      : Mistake<DifferentLabels, { only_left: Exclude<L, L2>; only_right: Exclude<L2, L> }>
    : R extends Quantity<infer Q>
      ? Same<D, Q> extends true
        ? R
        : [D, Q] extends ['time/s', 'ratio']
          ? R
          : Mistake<`this value is in ${D}, the threshold in ${Q}`>
      : R extends number
        ? D extends 'count' | 'mixed'
          ? R
          : Mistake<`a bare number beside ${D}: say its unit, such as percent(5), ms(500), perMinute(2)`>
        : R extends { readonly kind: 'counter' }
          ? BareCounter
          : R extends Scalar<infer Q>
            ? Same<D, Q> extends true
              ? R
              : Mistake<`left is in ${D}, right is in ${Q}`>
            : Mistake<'compare with a quantity or another vector'>
type Factor<R, L extends string> = R extends number
  ? R
  : R extends Carries<infer L2, unknown>
    ? R extends Exactly<L>
      ? R
      : Mistake<DifferentLabels, { only_left: Exclude<L, L2>; only_right: Exclude<L2, L> }>
    : R extends { readonly kind: 'counter' }
      ? BareCounter
      : Mistake<'multiply and divide by a number or another vector'>
type Side<R, L extends string> =
  R extends Carries<infer L2, unknown>
    ? R extends Exactly<L>
      ? R
      : Mistake<DifferentLabels, { only_left: Exclude<L, L2>; only_right: Exclude<L2, L> }>
    : Mistake<'and, or, unless combine two vectors'>
/** Dividing by a bare number keeps the dimension. */
export type Quotient<D extends string, R> = R extends number ? D : Over<D, DimOf<R>>
export type NarrowedVector<R, L extends string, D extends string> = R extends { readonly condition: true }
  ? Condition<L, D>
  : Vector<L, D>

/** A set of series with exactly the labels L and a value each, in the dimension D. */
export interface Vector<in out L extends string, in out D extends string> extends Carries<L, D>, Exactly<L> {
  gt<const R>(right: Right<R, L, D>): Comparison<L, D>
  gte<const R>(right: Right<R, L, D>): Comparison<L, D>
  lt<const R>(right: Right<R, L, D>): Comparison<L, D>
  lte<const R>(right: Right<R, L, D>): Comparison<L, D>
  eq<const R>(right: Right<R, L, D>): Comparison<L, D>
  neq<const R>(right: Right<R, L, D>): Comparison<L, D>
  plus<const R>(right: Right<R, L, D>): Vector<L, D>
  minus<const R>(right: Right<R, L, D>): Vector<L, Minus<D>>
  times<const R>(right: Factor<R, L>): Vector<L, Times<D, DimOf<R>>>
  div<const R>(right: Factor<R, L>): Vector<L, Quotient<D, R>>
  /** The remainder of a division, in the left side's unit. */
  mod<const R>(right: Right<R, L, D>): Vector<L, D>
  /** Raises to a power; a plain number stays one, any other dimension becomes 'mixed'. */
  pow(power: number): Vector<L, D extends Plain ? D : 'mixed'>
  and<R>(right: Side<R, L>): NarrowedVector<R, L, D>
  or<R>(right: Side<R, L>): Vector<L, D>
  unless<R>(right: Side<R, L>): NarrowedVector<R, L, D>
  /** Matches both sides on these labels only; `on()` without labels pairs the single series of each side. */
  on<const B extends L = never>(...labels: B[]): Match<L, D, B, string, 'condition' | 'vector'>
  /** Matches both sides on all labels except these, which may include labels of the right side only. */
  ignoring<const B extends L | (string & {})>(...labels: B[]): Match<L, D, Exclude<L, B>, B, 'condition' | 'vector'>
  /** The window for `max_over_time()` and the like; anything but a plain selector becomes a subquery. */
  over(range: Window, step?: Window): Range<L, D>
  /** Declares the unit of a value whose dimension cannot be derived. */
  as<D2 extends string>(unit: Unit<D2>): Vector<L, D2>
}

/** A condition for an alert: comparisons, and their combinations. It keeps the left side's value where true, and drops the series where false. */
export interface Condition<in out L extends string, in out D extends string> extends Vector<L, D> {
  readonly condition: true
  and<R>(right: Side<R, L>): Condition<L, D>
  or<R>(right: Side<R, L>): NarrowedVector<R, L, D>
  unless<R>(right: Side<R, L>): Condition<L, D>
  on<const B extends L = never>(...labels: B[]): Match<L, D, B, string, 'condition'>
  ignoring<const B extends L | (string & {})>(...labels: B[]): Match<L, D, Exclude<L, B>, B, 'condition'>
}

/** A single comparison, not combined with `and`, `or` or `unless`. */
export interface Comparison<in out L extends string, in out D extends string> extends Condition<L, D> {
  /** 1 where true and 0 where false, so that no series is dropped. */
  readonly bool: Vector<L, 'flag'>
}

/** An aggregation that can still take `.by()` or `.without()`. */
export interface Aggregation<
  in out L extends string,
  in out D extends string,
  in out K extends string = Extract<L, KeptLabel>,
> extends Vector<K, D> {
  by<const B extends L>(...labels: B[]): Vector<B | K, D>
  without<const B extends Exclude<L, K>>(...labels: B[]): Vector<Exclude<L, B>, D>
  /** Drops `bot` or `env`, which every aggregation keeps by default, to aggregate over bots or environments. */
  across<const B extends K>(...labels: B[]): Aggregation<L, D, Exclude<K, B>>
}

/** Buckets of a histogram under rate() or increase(); `le` is kept automatically until histogram_quantile(). */
export interface Buckets<in out L extends string, in out D extends string> extends Carries<L, D>, Exactly<L> {
  readonly buckets: true
  gt(why: NoBuckets): never
}
export interface BucketSum<
  in out L extends string,
  in out D extends string,
  in out K extends string = Extract<L, KeptLabel>,
> extends Buckets<K, D> {
  by<const B extends L>(...labels: B[]): Buckets<B | K, D>
  without<const B extends Exclude<L, K>>(...labels: B[]): Buckets<Exclude<L, B>, D>
  /** Drops `bot` or `env`, which every aggregation keeps by default. */
  across<const B extends K>(...labels: B[]): BucketSum<L, D, Exclude<K, B>>
}

/** A window of samples: `vector.over('5m')`. */
export interface Range<in out L extends string, in out D extends string>
  extends NoVector<'this is a window of samples: put it under max_over_time(), avg_over_time() or the like'> {
  readonly range: { readonly labels: L; readonly dim: D }
  /** The same window, this long ago. */
  offset(by: Duration): Range<L, D>
}
