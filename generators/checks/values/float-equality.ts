import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { comparisons, is, operand, remark } from '../parts.ts'

const whole = new Set(['count', 'flag', 'score', 'timestamp', 'mixed'])
const fractions = new Set([
  'rate',
  'increase',
  'irate',
  'deriv',
  'delta',
  'avg_over_time',
  'histogram_quantile',
  'predict_linear',
])

/** `==` on what is measured or calculated: it is never exactly that. */
export const floatEquality = expressionCheck({
  code: 'BW407',
  name: 'float-equality',
  severity: 'warning',
  finds: 'A measured or calculated value is asked to be exactly a number',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    comparisons(expression)
      .filter(({ op, limit, of }) => (op === '==' || op === '!=') && limit !== 0 && of.never === null)
      .filter(({ what, limit }) => isMeasured(what, limit))
      .map(({ of, op, limit }) =>
        remark(
          expression,
          of,
          `it is measured or calculated, and next to never exactly ${limit}: ${op} is ${op === '==' ? 'hardly ever' : 'next to always'} true`,
          'compare with < or >',
        ),
      ),
})

/** Flags, counts, states and scores of a few steps are whole; what was averaged or extrapolated is not. */
function isMeasured(of: Meaning, limit: number): boolean {
  const inner = operand(of)
  // all of them are at the end of their scale, which an average shows exactly; of what is not known it may be such an end
  const isEnd = inner?.unit == null || limit === inner.values.lo || limit === inner.values.hi
  if (is(of, 'call') && fractions.has(of.node.fn)) return of.node.fn !== 'avg_over_time' || !isEnd
  if (is(of, 'aggregate') && (of.node.op === 'avg' || of.node.op === 'quantile'))
    return of.values.lo !== of.values.hi && !isEnd
  if (is(of, 'call')) {
    if (inner !== undefined && /_over_time$|^(abs|sort|label)/.test(of.node.fn) && !of.node.fn.startsWith('count'))
      return isMeasured(inner, limit)
  }
  const { unit } = of
  return unit !== null && !whole.has(unit.dim) && of.values.lo !== of.values.hi
}
