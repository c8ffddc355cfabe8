import { expressionCheck } from '../check.ts'
import { remark } from '../parts.ts'
import { comparedQuantiles } from './quantiles.ts'

/** A limit inside a wide bucket: linear interpolation decides, not what was observed. */
export const coarseBucket = expressionCheck({
  code: 'BW404',
  name: 'limit-inside-coarse-bucket',
  severity: 'warning',
  finds: 'A quantile is compared with a limit inside a wide bucket, where interpolation decides',
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
          `${metric.name} has no bucket bound between ${low} and ${high}: linear interpolation decides whether its quantile passes ${limit}, not what was observed`,
          `add ${limit} to its buckets, or compare with one of its bounds`,
        ),
      ]
    }),
})
