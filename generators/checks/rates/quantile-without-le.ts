import { expressionCheck } from '../check.ts'
import { calls, operand, remark } from '../parts.ts'

const quantiles = new Set(['histogram_quantile', 'histogram_quantiles', 'histogram_fraction'])

/** A quantile of buckets whose bounds an aggregation dropped. */
export const quantileWithoutLe = expressionCheck({
  code: 'BW306',
  name: 'quantile-without-le',
  severity: 'error',
  finds: 'A quantile is taken of series without the label le',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    calls(expression, quantiles).flatMap((of) => {
      const inner = operand(of)
      if (inner === undefined || inner.never !== null || inner.labels.has('le')) return []
      return [
        remark(
          expression,
          of,
          `${of.node.fn}() reads the bound of each bucket from the label le, which is missing: it never yields anything`,
          'keep le: sum by (le, …) (rate(…_bucket[5m]))',
        ),
      ]
    }),
})
