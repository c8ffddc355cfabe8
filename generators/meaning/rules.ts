import { aggregateLabels, aggregateValues } from './aggregate.ts'
import { arithmetic, binaryLabels, compareIntervals, eitherSide, matchSides } from './binary.ts'
import { absenceMeaning, callKey, callLabels, histogramQuantile } from './call.ts'
import { negate } from './interval.ts'
import { clampInterval, mathOf } from './math.ts'
import { overTime } from './over-time.ts'
import { selectorLabels } from './selector.ts'
import { shareInterval } from './share.ts'

// The table is a test seam: test/meaning/wrong-rules.ts replaces one rule at a time, and the tests must notice. Its type follows
// from the rules, and the rules receive it in their context, which is why these files import one another.

/** The rules that determine a meaning, one function each. */
export const meaningRules = Object.freeze({
  selectorLabels,
  callLabels,
  callKey,
  absence: absenceMeaning,
  histogramQuantile,
  mathOf,
  clamped: clampInterval,
  negated: negate,
  overTime,
  aggregateLabels,
  aggregateValues,
  arithmetic,
  share: shareInterval,
  compared: compareIntervals,
  matching: matchSides,
  binaryLabels,
  eitherSide,
})
export type MeaningRules = typeof meaningRules
