import { expressionCheck } from '../check.ts'
import { remark } from '../parts.ts'
import { comparedQuantiles } from './quantiles.ts'

/** A limit inside a wide bucket: a straight line between two bounds decides, not what was observed. */
export const coarseBucket = expressionCheck({
  code: 'BW404',
  name: 'limit-inside-coarse-bucket',
  severity: 'warning',
  finds: 'A quantile is compared with a limit deep inside a wide bucket, where interpolation decides',
  needs: 'contract',
  roles: ['alert', 'record'],
  look: (expression) =>
    comparedQuantiles(expression).flatMap(({ of, metric, bounds, limit }) => {
      const above = bounds.findIndex((bound) => bound > limit)
      if (above < 0 || bounds.includes(limit)) return []
      const low = bounds[above - 1] ?? Math.min(0, bounds[0] as number)
      const high = bounds[above] as number
      if (high - low < Math.abs(limit)) return []
      return [
        remark(
          expression,
          of,
          `${metric.name} has no bound between ${low} and ${high}: whether its quantile passes ${limit} is decided by a straight line between them, not by what was observed`,
          `add ${limit} to its buckets, or compare with one of them`,
        ),
      ]
    }),
})
