import type { AnyAlert } from './alert.ts'
import type { Duration } from './duration.ts'

/** The messages that a bot may send during a scenario. */
export interface Budget {
  /** The most messages on any one channel, FIRING and RESOLVED. */
  readonly messages: number
  /** The most of them about critical alerts; by default as many as there are messages. */
  readonly critical?: number
  /** The first message is about one of these alerts, at most this long after its condition became true. */
  readonly first?: { readonly of: readonly AnyAlert[]; readonly within: Duration }
  /** Alerts that must be reported, in this order. */
  readonly reports?: readonly AnyAlert[]
}

/** Something that happens to a bot in operation, and how often its owner may be notified. */
export interface Scenario {
  readonly title: string
  readonly happens: string
  /** How long what happens lasts. */
  readonly lasts: Duration
  readonly budget: Budget
}

/** Defines a scenario; a test plays it in simulated time through the generated rules and routes, and counts the messages. */
export const scenario = (options: Scenario): Scenario =>
  Object.freeze({ ...options, budget: Object.freeze({ ...options.budget }) })
