import { expressionCheck } from '../check.ts'
import { remark } from '../parts.ts'
import { comparedQuantiles } from './quantiles.ts'

/** A quantile never exceeds the highest finite bound: beyond it, it stays there. */
export const aboveTopBucket = expressionCheck({
  code: 'BW403',
  name: 'limit-above-top-bucket',
  severity: 'error',
  finds: 'A quantile is compared with a limit at or above the highest finite bucket bound',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    comparedQuantiles(expression)
      .filter(({ bounds, limit, op }) => {
        const top = bounds.at(-1) as number
        // it can equal the top bound: that means more was observed above
        return op === '>=' || op === '==' ? limit > top : limit >= top
      })
      .map(({ of, metric, bounds, op, limit }) =>
        remark(
          expression,
          of,
          `the highest finite bucket bound of ${metric.name} is ${bounds.at(-1)}, and no quantile can exceed it: the value is ${op.startsWith('<') ? 'always' : 'never'} ${op} ${limit}`,
          'add a bucket bound above the limit, or choose a lower limit',
        ),
      ),
})
