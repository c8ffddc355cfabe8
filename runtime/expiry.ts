import { milliseconds } from '../definitions/language/duration.ts'
import type { Metric } from '../definitions/language/metric.ts'

/** How long each value of a gauge is true, with the time of its last write in the cell after it; NaN if nothing was written. */
export interface Expiry {
  readonly stamp: (chunk: Float64Array, at: number) => void
  readonly isOver: (chunk: Float64Array, at: number) => boolean
}

/** The expiry of a gauge; null if its values stay true until the next one. */
export function expiryOf(metric: Metric, now: () => number): Expiry | null {
  // an older copy of the definitions has no such field
  const lasts = metric.expiresAfter == null ? null : milliseconds(metric.expiresAfter)
  if (lasts === null) return null
  return Object.freeze({
    stamp(chunk: Float64Array, at: number): void {
      chunk[at + 1] = now()
    },
    isOver: (chunk: Float64Array, at: number): boolean => now() - (chunk[at + 1] as number) >= lasts,
  })
}
