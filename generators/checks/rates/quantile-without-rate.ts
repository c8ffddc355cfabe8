import { expressionCheck } from '../check.ts'
import { callsOnCumulative } from '../cumulative.ts'
import { remark } from '../parts.ts'

const quantiles = new Set(['histogram_quantile', 'histogram_quantiles', 'histogram_fraction'])

/** A quantile of everything since the process started: after a day, nothing moves it any more. */
export const quantileWithoutRate = expressionCheck({
  code: 'BW305',
  name: 'quantile-without-rate',
  severity: 'error',
  finds: 'A quantile is taken of raw buckets, which count since the process started',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    callsOnCumulative(expression, quantiles).map((of) =>
      remark(
        expression,
        of,
        `the quantile covers everything observed since the process started: after a day, a bad hour no longer moves it`,
        'take it over a window: histogram_quantile(q, sum by (le) (rate(…_bucket[5m])))',
      ),
    ),
})
