import type { Mistake } from '../mistake.ts'
import type { Minus, Times } from './dimension.ts'
import type {
  Carries,
  Comparison,
  Condition,
  DimOf,
  LabelsOf,
  NarrowedVector,
  Quotient,
  Same,
  Vector,
} from './vector.ts'

/**
 * A valid right side after `.on()` or `.ignoring()`: M are the matching labels, I the included ones, W those that matching
 * ignores, which is any other label for `.on()`.
 */
type Has<R, M extends string, I extends string, W extends string, D extends string> =
  R extends Carries<infer L2, infer D2 extends string>
    ? [M | I] extends [L2]
      ? [Exclude<L2, W>] extends [M]
        ? string extends D
          ? R
          : Same<D, D2> extends true
            ? R
            : Mistake<`left is in ${D}, right is in ${D2}`>
        : Mistake<'the right side has more labels: name them in .ignoring() too', { only_right: Exclude<L2, W | M> }>
      : Mistake<'the right side does not have every label that is matched on', { missing: Exclude<M | I, L2> }>
    : Mistake<'.on() and .ignoring() match two vectors'>

/** `left.on('instance').group_left('version').times(right)`. */
export interface Match<
  in out L extends string,
  in out D extends string,
  in out M extends string,
  in out W extends string,
  out C extends 'condition' | 'vector',
> {
  readonly matched: M
  /** Many-to-one; these labels of the right side are included. */
  group_left<const I extends string = never>(...include: I[]): Grouped<L | I, D, M, I, W>
  /** One-to-many; the result has the labels of the right side, and these labels of the left side are included. */
  group_right<const I extends L = never>(...include: I[]): GroupedRight<D, M, I, W>
  gt<R>(right: Has<R, M, never, W, D>): Comparison<M, D>
  gte<R>(right: Has<R, M, never, W, D>): Comparison<M, D>
  lt<R>(right: Has<R, M, never, W, D>): Comparison<M, D>
  lte<R>(right: Has<R, M, never, W, D>): Comparison<M, D>
  eq<R>(right: Has<R, M, never, W, D>): Comparison<M, D>
  neq<R>(right: Has<R, M, never, W, D>): Comparison<M, D>
  plus<R>(right: Has<R, M, never, W, D>): Vector<M, D>
  minus<R>(right: Has<R, M, never, W, D>): Vector<M, Minus<D>>
  mod<R>(right: Has<R, M, never, W, D>): Vector<M, D>
  times<R>(right: Has<R, M, never, W, string>): Vector<M, Times<D, DimOf<R>>>
  div<R>(right: Has<R, M, never, W, string>): Vector<M, Quotient<D, R>>
  and<R>(right: Has<R, M, never, W, string>): [C] extends ['condition'] ? Condition<L, D> : NarrowedVector<R, L, D>
  unless<R>(right: Has<R, M, never, W, string>): [C] extends ['condition'] ? Condition<L, D> : NarrowedVector<R, L, D>
  or<R>(
    right: Has<R, M, never, W, string>,
  ): [C] extends ['condition'] ? NarrowedVector<R, L | LabelsOf<R>, D> : Vector<L | LabelsOf<R>, D>
}

interface Grouped<
  in out L extends string,
  in out D extends string,
  in out M extends string,
  in out I extends string,
  in out W extends string,
> {
  gt<R>(right: Has<R, M, I, W, D>): Comparison<L, D>
  gte<R>(right: Has<R, M, I, W, D>): Comparison<L, D>
  lt<R>(right: Has<R, M, I, W, D>): Comparison<L, D>
  lte<R>(right: Has<R, M, I, W, D>): Comparison<L, D>
  eq<R>(right: Has<R, M, I, W, D>): Comparison<L, D>
  neq<R>(right: Has<R, M, I, W, D>): Comparison<L, D>
  plus<R>(right: Has<R, M, I, W, D>): Vector<L, D>
  minus<R>(right: Has<R, M, I, W, D>): Vector<L, Minus<D>>
  mod<R>(right: Has<R, M, I, W, D>): Vector<L, D>
  times<R>(right: Has<R, M, I, W, string>): Vector<L, Times<D, DimOf<R>>>
  div<R>(right: Has<R, M, I, W, string>): Vector<L, Quotient<D, R>>
}

interface GroupedRight<
  in out D extends string,
  in out M extends string,
  in out I extends string,
  in out W extends string,
> {
  gt<R>(right: Has<R, M, never, W, D>): Comparison<LabelsOf<R> | I, D>
  gte<R>(right: Has<R, M, never, W, D>): Comparison<LabelsOf<R> | I, D>
  lt<R>(right: Has<R, M, never, W, D>): Comparison<LabelsOf<R> | I, D>
  lte<R>(right: Has<R, M, never, W, D>): Comparison<LabelsOf<R> | I, D>
  eq<R>(right: Has<R, M, never, W, D>): Comparison<LabelsOf<R> | I, D>
  neq<R>(right: Has<R, M, never, W, D>): Comparison<LabelsOf<R> | I, D>
  plus<R>(right: Has<R, M, never, W, D>): Vector<LabelsOf<R> | I, D>
  minus<R>(right: Has<R, M, never, W, D>): Vector<LabelsOf<R> | I, Minus<D>>
  mod<R>(right: Has<R, M, never, W, D>): Vector<LabelsOf<R> | I, D>
  times<R>(right: Has<R, M, never, W, string>): Vector<LabelsOf<R> | I, Times<D, DimOf<R>>>
  div<R>(right: Has<R, M, never, W, string>): Vector<LabelsOf<R> | I, Quotient<D, R>>
}
