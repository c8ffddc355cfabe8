import { expressionCheck } from '../check.ts'
import { asksWhatIsNew, isCumulative, isCumulativeOverGrowth } from '../cumulative.ts'
import { limitComparisons, remark } from '../parts.ts'

/** A limit on a raw counter: once passed, it stays passed until the process restarts. */
export const bareCounter = expressionCheck({
  code: 'BW301',
  name: 'bare-counter',
  severity: 'error',
  finds: 'A limit is compared with a raw counter, not with its growth',
  needs: 'seen',
  roles: ['alert', 'record', 'query'],
  look: (expression) =>
    limitComparisons(expression)
      .filter(({ op, limit }) => op === '>' || op === '>=' || (op === '!=' && limit !== 0) || op === '==')
      .filter(({ op, limit }) => !(op === '==' && limit === 0))
      .flatMap(({ of, what, limit }) => {
        const itself = isCumulative(expression, what)
        if (!itself && !isCumulativeOverGrowth(expression, what)) return []
        if (expression.above(of).some(({ node }) => asksWhatIsNew(node))) return []
        return itself
          ? remark(
              expression,
              of,
              `a counter only grows until its process restarts: once it has passed ${limit} it stays there, even if nothing more happens`,
              'compare its growth, with increase(…[5m]) or rate(…[5m])',
            )
          : remark(
              expression,
              of,
              `a raw counter is divided by the growth over a window: the quotient includes everything since the process started and eventually passes ${limit}, even if nothing is wrong`,
              'divide its growth over the same window, with increase(…) or rate(…) on both sides',
            )
      }),
})
