import type { Where } from './where.ts'

/** A mistake in a definition that its types could not see; kept as data and reported with all the others. */
export interface Fault {
  /** Stable name of the kind of mistake, such as `buckets-unsorted`. */
  readonly code: string
  /** What is wrong: the thing, what was given, what was expected, and why. */
  readonly message: string
  /** What to do about it. */
  readonly fix: string
  /** Places that it is about, where they are others than its definition's own. */
  readonly also?: readonly Where[]
}

export const fault = (code: string, message: string, fix: string): Fault => Object.freeze({ code, message, fix })
