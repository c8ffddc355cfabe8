export type LabelSet = Readonly<Record<string, string>>

/** A time during which an alert fires, in seconds. */
export interface FiringTime {
  readonly labels: LabelSet
  /** The first evaluation at which its condition was true. */
  readonly since: number
  /** The first evaluation at which it fires, and the first at which it no longer does; null if that never comes. */
  readonly from: number
  readonly to: number | null
}

/** One key for the same labels in any order. */
export const keyOf = (labels: LabelSet): string => JSON.stringify(Object.entries(labels).sort())
