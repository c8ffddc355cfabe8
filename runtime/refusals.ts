import { byCodeUnit } from '../definitions/language/code-unit.ts'
import { callSite } from './call-site.ts'
import type { Mode } from './mode.ts'

/** Why a sample was not recorded as the bot intended. */
export type Reason =
  | 'definition'
  | 'labels-missing'
  | 'label-missing'
  | 'label-undeclared'
  | 'label-type'
  | 'label-unreadable'
  | 'value-undeclared'
  | 'value-empty'
  | 'value-reserved'
  | 'value-too-long'
  | 'value-unprintable'
  | 'number'
  | 'negative'
  | 'state'
  | 'metric-unknown'
  | 'reader'
  | 'reader-failed'
  | 'over-budget'

/** How many samples of a metric were refused for one reason; `over-budget` samples were recorded in the overflow series. */
export interface Refusal {
  /** The exposed name, or `expect`. */
  readonly metric: string
  readonly reason: Reason
  readonly count: number
}

export interface Refusals {
  /** Counts a refused sample; throws in strict mode. The message is built only if it is needed. */
  readonly refuse: (metric: string, reason: Reason, message: () => string) => void
  /** Counts what is not the caller's mistake; never throws. */
  readonly note: (metric: string, reason: Reason, message: () => string) => void
  readonly all: () => readonly Refusal[]
  readonly reset: () => void
}

export function createRefusals(mode: Mode, log: (message: string) => void): Refusals {
  const counts = new Map<string, Map<Reason, number>>()

  /** Whether this is the first for this metric and reason. */
  const count = (metric: string, reason: Reason): boolean => {
    const reasons = counts.get(metric) ?? new Map<Reason, number>()
    counts.set(metric, reasons)
    const before = reasons.get(reason) ?? 0
    reasons.set(reason, before + 1)
    return before === 0
  }
  const note = (metric: string, reason: Reason, message: () => string): void => {
    if (!count(metric, reason)) return
    try {
      log(`botwatch: ${message()}${callSite()}; repeats are counted, not logged`)
    } catch {
      // An error of the log function must not reach the bot through its metrics.
    }
  }
  return {
    note,
    refuse(metric, reason, message) {
      if (mode === 'lenient') return note(metric, reason, message)
      count(metric, reason)
      throw Object.assign(new Error(message()), { code: reason })
    },
    all: () =>
      [...counts]
        .flatMap(([metric, reasons]) => [...reasons].map(([reason, n]) => ({ metric, reason, count: n })))
        .sort((a, b) => byCodeUnit(a.metric, b.metric) || byCodeUnit(a.reason, b.reason)),
    reset: () => counts.clear(),
  }
}
