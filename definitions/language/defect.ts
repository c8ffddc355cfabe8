import type { Where } from './where.ts'

/** Something wrong in a definition that its types cannot detect; kept as data and reported with all the others. */
export interface Defect {
  /** Stable identifier of the kind, such as `buckets-unsorted`. */
  readonly code: string
  /** What is wrong: where, what was given, what was expected, and why. */
  readonly message: string
  /** How to fix it. */
  readonly fix: string
  /** The places it is about, if they differ from the definition's own. */
  readonly also?: readonly Where[]
  /** The text it is about, and the part of it. */
  readonly in?: { readonly text: string; readonly from: number; readonly to: number }
}

export const defect = (code: string, message: string, fix: string): Defect => Object.freeze({ code, message, fix })
