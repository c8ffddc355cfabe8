import type { SelectorNode } from '../../definitions/language/node.ts'

/** What a series is to the delay of an expression. */
export interface SeriesDelay {
  /** Seconds until a change of it has become a sample, at most. */
  readonly sampled: number
  /** The deadline of a metric that was never set: its part of least and most. */
  readonly deadline: { readonly least: number; readonly most: number } | null
  /** How long the fault must last before the series shows it. */
  readonly least: number
  readonly most: number
  /** Whether its value is the age of something. */
  readonly isAge: boolean
  /** What moves a recorded count over a window; null for anything else. */
  readonly events: 'arrive' | 'leave' | null
}

/** Which way a fault moves a value: up, down, or either. */
export type Move = 'up' | 'down' | 'either'

export type SeriesDelays = (selector: SelectorNode, move?: Move) => SeriesDelay
