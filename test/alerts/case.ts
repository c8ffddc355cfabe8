/**
 * Series by selector, values in promtool's notation: `5x7 6x31` is eight samples of 5, then 32 of 6. The runner adds
 * the labels of the target that the selector does not name.
 */
export type InputSeries = Readonly<Record<string, string>>
type AlertLabels = Readonly<Record<string, string>>

/** Where the bot of the cases runs: every series has this target unless it says otherwise. */
export interface Target {
  readonly bot: string
  readonly env: string
  readonly instance: string
  readonly job: string
}

export const scrapedTarget = (bot: string, env = 'paper'): Target =>
  Object.freeze({ bot, env, instance: `${env}-1`, job: bot })

/** The labels of the target that a rule which sums by instance keeps. */
export const instanceOf = ({ bot, env, instance }: Target): AlertLabels => Object.freeze({ bot, env, instance })

/** Series with which an alert fires once, and everything it then shows. */
export interface Fires {
  readonly given: InputSeries
  /** The first evaluation at which it fires, and the first at which it no longer does. */
  readonly from: string
  readonly to: string
  /** All labels but the alert's name. */
  readonly labels: AlertLabels
  /** The summary and, if the rule has one, the value. */
  readonly says: string
  readonly value?: string
}

/** What proves one alert: cases, by what they show. */
export interface Proof {
  /** Time between two samples; 15s by default. */
  readonly every?: string
  /** Time between two evaluations; 15s by default. */
  readonly evaluate?: string
  readonly fires: Readonly<Record<string, Fires>>
  /** Series just below the condition: nothing fires at any time. */
  readonly silent: Readonly<Record<string, InputSeries>>
  /** Series of a normal day. */
  readonly healthy: InputSeries
}

/** An alert that always fires. */
export interface Always {
  readonly always: { readonly labels: AlertLabels; readonly says: string }
}

export type Proofs = Readonly<Record<string, Proof | Always>>

/** Seconds of a duration such as `1h5m` or `90s`. */
export function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 }
  const parts = [...duration.matchAll(/(\d+)([dhms])/g)]
  if (parts.map(([part]) => part).join('') !== duration || parts.length === 0)
    throw new Error(`'${duration}' is not a duration: expected one such as 1h5m or 90s`)
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0)
}
