import { aggregateLabels, aggregateValues } from './aggregate.ts'
import { arithmetic, binaryLabels, compared, eitherSide, matching } from './binary.ts'
import { absence, callKey, callLabels, histogramQuantile } from './call.ts'
import { negated } from './interval.ts'
import { clamped, mathOf } from './math.ts'
import { overTime } from './over-time.ts'
import { selectorLabels } from './selector.ts'
import { share } from './share.ts'

// The table is a test seam: test/meaning/planted-faults.ts replaces one rule at a time, and the tests must notice. Its type follows
// from the rules, and the rules receive it in their context, which is why these files import one another.

/** The rules that determine a meaning, one function each. */
export const rules = Object.freeze({
  selectorLabels,
  callLabels,
  callKey,
  absence,
  histogramQuantile,
  mathOf,
  clamped,
  negated,
  overTime,
  aggregateLabels,
  aggregateValues,
  arithmetic,
  share,
  compared,
  matching,
  binaryLabels,
  eitherSide,
})
export type Rules = typeof rules
