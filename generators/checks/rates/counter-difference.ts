import { expressionCheck } from '../check.ts'
import { callsOnCumulative } from '../cumulative.ts'
import { remark } from '../parts.ts'

const differences = new Set(['delta', 'idelta', 'deriv', 'predict_linear'])

/** A difference of a counter that does not know of restarts. */
export const counterDifference = expressionCheck({
  code: 'BW304',
  name: 'counter-difference',
  severity: 'error',
  finds: 'delta(), deriv() or predict_linear() is taken of a counter',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    callsOnCumulative(expression, differences).map((of) =>
      remark(
        expression,
        of,
        `${of.node.fn}() does not know that a counter begins at 0 again with its process: a restart is a great fall`,
        of.node.fn === 'deriv' ? 'take rate()' : 'take increase()',
      ),
    ),
})
