import { expressionCheck } from '../check.ts'
import { callsOnCumulative } from '../cumulative.ts'
import { remark } from '../parts.ts'

const differences = new Set(['delta', 'idelta', 'deriv', 'predict_linear'])

/** A difference of a counter that ignores counter resets. */
export const counterDifference = expressionCheck({
  code: 'BW304',
  name: 'counter-difference',
  severity: 'error',
  finds: 'delta(), deriv() or predict_linear() is applied to a counter',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    callsOnCumulative(expression, differences).map((of) =>
      remark(
        expression,
        of,
        `${of.node.fn}() does not handle counter resets: a restart looks like a huge drop`,
        of.node.fn === 'deriv' ? 'use rate()' : 'use increase()',
      ),
    ),
})
