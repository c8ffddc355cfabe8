import type { SelectorNode } from '../../definitions/language/node.ts'

/** What a series is to the delay of an expression. */
export interface SeriesDelay {
  /** Seconds until a change of it has become a sample, at most. */
  readonly sampled: number
  /** How long the fault must last before the series shows it: the deadline of a metric that was never set. */
  readonly least: number
  readonly most: number
  /** Whether its value is the age of something. */
  readonly isAge: boolean
}

export type SeriesDelays = (selector: SelectorNode) => SeriesDelay
