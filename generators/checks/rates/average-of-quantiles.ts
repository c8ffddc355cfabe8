import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import type { AnalysedExpression } from '../expression.ts'
import { is, operand, remark, selectorFamilies } from '../parts.ts'

const averages = new Set(['sum', 'avg', 'stddev', 'stdvar', 'quantile'])
const overTime = new Set(['avg_over_time', 'sum_over_time', 'quantile_over_time', 'stddev_over_time'])
const keeps = new Set(['label_replace', 'label_join', 'sort', 'sort_desc', 'clamp', 'clamp_min', 'clamp_max', 'round'])

/** Quantiles that are summed or averaged: the result is not a quantile of anything. */
export const averageOfQuantiles = expressionCheck({
  code: 'BW307',
  name: 'average-of-quantiles',
  severity: 'error',
  finds: 'Quantiles are averaged or summed',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    expression.all.flatMap((of) => {
      const word = is(of, 'aggregate') ? of.node.op : is(of, 'call') ? of.node.fn : ''
      if (!averages.has(word) && !overTime.has(word)) return []
      const inner = is(of, 'aggregate') ? of.of.at(-1) : operand(of)
      if (inner === undefined || !isQuantile(expression, inner)) return []
      return [
        remark(
          expression,
          of,
          `${word}() of quantiles is not a quantile of anything: a busy series weighs as much as one with a single observation`,
          'sum the buckets and take one quantile of the sum, or use max()',
        ),
      ]
    }),
})

function isQuantile(expression: AnalysedExpression, of: Meaning): boolean {
  if (is(of, 'call')) {
    if (of.node.fn.startsWith('histogram_quantile')) return true
    const inner = operand(of)
    return keeps.has(of.node.fn) && inner !== undefined && isQuantile(expression, inner)
  }
  if (is(of, 'subquery')) return of.of[0] !== undefined && isQuantile(expression, of.of[0])
  if (!is(of, 'selector')) return false
  return selectorFamilies(expression, of.node).some(({ name, type, labels, metric }) => {
    if (type === 'recorded') {
      const recorded = expression.record(name)
      return recorded !== null && isQuantile(expression, recorded)
    }
    return metric === null && labels.has('quantile')
  })
}
