import type { Metric } from '../../../definitions/language/metric.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import type { AnalysedExpression } from '../expression.ts'
import { is, type LimitComparison, limitComparisons, operand } from '../parts.ts'

/** A comparison of a quantile, with the bounds of its histogram. */
interface ComparedQuantile extends LimitComparison {
  readonly metric: Metric
  readonly bounds: readonly number[]
}

const aggregates = new Set(['max', 'min', 'avg', 'topk', 'bottomk'])
const keeps = new Set(['max_over_time', 'min_over_time', 'sort', 'sort_desc', 'label_replace', 'label_join'])

export const comparedQuantiles = (expression: AnalysedExpression): readonly ComparedQuantile[] =>
  limitComparisons(expression).flatMap((one) => {
    const metric = histogramOf(one.what)
    return metric?.buckets == null ? [] : [{ ...one, metric, bounds: metric.buckets }]
  })

/** The histogram whose quantile this is; null if it is not a quantile, or was used in a calculation. */
function histogramOf(of: Meaning): Metric | null {
  if (is(of, 'aggregate')) return aggregates.has(of.node.op) ? histogramOf(of.of.at(-1) as Meaning) : null
  if (is(of, 'subquery')) return histogramOf(of.of[0] as Meaning)
  if (!is(of, 'call')) return null
  const inner = operand(of)
  if (inner === undefined) return null
  if (of.node.fn === 'histogram_quantile') return inner.buckets
  return keeps.has(of.node.fn) ? histogramOf(inner) : null
}
