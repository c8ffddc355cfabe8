import { expressionCheck } from '../check.ts'
import { isCumulative } from '../cumulative.ts'
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
      .filter(({ what }) => isCumulative(expression, what))
      .map(({ of, limit }) =>
        remark(
          expression,
          of,
          `a counter only grows until its process starts again: once past ${limit} it stays there, however calm it is`,
          'compare how much it grew, with increase(…[5m]) or rate(…[5m])',
        ),
      ),
})
