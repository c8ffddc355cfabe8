/**
 * Series by selector, values in promtool's notation: `5x7 6x31` is eight samples of 5, then 32 of 6. The runner adds
 * the labels of the target that the selector does not name.
 */
export type Given = Readonly<Record<string, string>>
type Labels = Readonly<Record<string, string>>

/** Series with which an alert fires once, and everything observed of it. */
export interface Fires {
  readonly given: Given
  /** The first evaluation at which it fires, and the first at which it no longer does. */
  readonly from: string
  readonly to: string
  /** All labels but the alert's name. */
  readonly labels: Labels
  /** The summary and, if the rule has one, the value. */
  readonly says: string
  readonly value?: string
}

/** The proof of one alert: cases by what they show. */
export interface Proof {
  /** Time between two samples; 15s by default. */
  readonly every?: string
  /** Time between two evaluations; 15s by default. */
  readonly evaluate?: string
  readonly fires: Readonly<Record<string, Fires>>
  /** Series just below the threshold: nothing ever fires. */
  readonly silent: Readonly<Record<string, Given>>
  /** Series of a day without problems. */
  readonly healthy: Given
}

/** An alert that always fires. */
export interface Always {
  readonly always: { readonly labels: Labels; readonly says: string }
}

export type Proofs = Readonly<Record<string, Proof | Always>>

/** The target of every series that does not say otherwise. */
export const target = Object.freeze({ bot: 'mcbot', env: 'paper', instance: 'paper-1', job: 'mcbot' })
/** What a rule that sums by instance keeps of the target. */
export const instance = Object.freeze({ bot: 'mcbot', env: 'paper', instance: 'paper-1' })

/** Seconds of a duration such as `1h5m` or `90s`. */
export function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 }
  const parts = [...duration.matchAll(/(\d+)([dhms])/g)]
  if (parts.map(([part]) => part).join('') !== duration || parts.length === 0)
    throw new Error(`'${duration}' is not a duration: expected one such as 1h5m or 90s`)
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0)
}
