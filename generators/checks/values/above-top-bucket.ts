import { expressionCheck } from '../check.ts'
import { remark } from '../parts.ts'
import { comparedQuantiles } from './quantiles.ts'

/** A quantile never exceeds the highest finite bound: past it, it stays there. */
export const aboveTopBucket = expressionCheck({
  code: 'BW403',
  name: 'limit-above-top-bucket',
  severity: 'error',
  finds: 'A quantile is compared with a limit at or above the highest finite bound of its histogram',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    comparedQuantiles(expression)
      .filter(({ bounds, limit, op }) => {
        const top = bounds.at(-1) as number
        // at the top itself it can be equal: more was observed above
        return op === '>=' || op === '==' ? limit > top : limit >= top
      })
      .map(({ of, metric, bounds, op, limit }) =>
        remark(
          expression,
          of,
          `the highest finite bound of ${metric.name} is ${bounds.at(-1)}, which no quantile of it exceeds: it is ${op.startsWith('<') ? 'always' : 'never'} ${op} ${limit}`,
          'add a bound above the limit to its buckets, or choose a lower limit',
        ),
      ),
})
