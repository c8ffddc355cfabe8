import { expressionCheck } from '../check.ts'
import { callsOnCumulative, isAggregated } from '../cumulative.ts'
import { operand, remark } from '../parts.ts'

const growth = new Set(['rate', 'increase', 'irate'])

/** The rate of a sum of counters: when one of them resets the sum drops, and all that remains counts as growth. */
export const rateOfSum = expressionCheck({
  code: 'BW303',
  name: 'rate-of-sum',
  severity: 'error',
  finds: 'rate() or increase() is applied to a sum of counters',
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
          `${of.node.fn}() is applied to a sum of counters: when one of them resets the sum drops, and all that remains counts as growth`,
          `apply ${of.node.fn}() first, then sum: sum(${of.node.fn}(…))`,
        ),
      ]
    }),
})
