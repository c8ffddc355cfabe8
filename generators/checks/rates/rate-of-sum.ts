import { expressionCheck } from '../check.ts'
import { callsOnCumulative, isAggregated } from '../cumulative.ts'
import { operand, remark } from '../parts.ts'

const growth = new Set(['rate', 'increase', 'irate'])

/** The rate of a sum of counters: when one of them starts again the sum falls, and the whole sum counts as growth. */
export const rateOfSum = expressionCheck({
  code: 'BW303',
  name: 'rate-of-sum',
  severity: 'error',
  finds: 'rate() or increase() is taken of counters that were added up before',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    callsOnCumulative(expression, growth).flatMap((of) => {
      const inner = operand(of)
      if (inner === undefined || !isAggregated(expression, inner)) return []
      return [
        remark(
          expression,
          of,
          `it is taken of counters that were added up: where one of them starts again the sum falls, and ${of.node.fn}() takes all of it for growth`,
          `add up the ${of.node.fn}() of each: sum(${of.node.fn}(…))`,
        ),
      ]
    }),
})
