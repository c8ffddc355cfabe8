import { expressionCheck } from '../check.ts'
import { asksWhatIsNew, isCumulative, isCumulativeOverGrowth } from '../cumulative.ts'
import { comparisons, remark } from '../parts.ts'

/** A limit on the counter itself: passed once, it stays passed until the process starts again. */
export const bareCounter = expressionCheck({
  code: 'BW301',
  name: 'bare-counter',
  severity: 'error',
  finds: 'A counter is compared itself, not how fast it grows',
  needs: 'seen',
  roles: ['alert', 'record', 'query'],
  look: (expression) =>
    comparisons(expression)
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
              `a counter only grows until its process starts again: once past ${limit} it stays there, however calm it is`,
              'compare how much it grew, with increase(…[5m]) or rate(…[5m])',
            )
          : remark(
              expression,
              of,
              `a counter itself is divided by what grew in a window: the quotient counts everything since the process started, and passes ${limit} one day, however calm it is`,
              'divide how much it grew in the same window, with increase(…) or rate(…) on both sides',
            )
      }),
})
