import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { is, limitComparisons, operand, remark } from '../parts.ts'

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

/** `==` on a measured or calculated value, which is almost never exactly equal. */
export const floatEquality = expressionCheck({
  code: 'BW407',
  name: 'float-equality',
  severity: 'warning',
  finds: 'A measured or calculated value is tested for equality',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    limitComparisons(expression)
      .filter(({ op, limit, of }) => (op === '==' || op === '!=') && limit !== 0 && of.never === null)
      .filter(({ what, limit }) => isMeasured(what, limit))
      .map(({ of, op, limit }) =>
        remark(
          expression,
          of,
          `the value is measured or calculated and almost never exactly ${limit}: ${op} is almost ${op === '==' ? 'never' : 'always'} true`,
          'compare with < or >',
        ),
      ),
})

/** Flags, counts, states and scores of a few steps are whole numbers; averages and extrapolations are not. */
function isMeasured(of: Meaning, limit: number): boolean {
  const inner = operand(of)
  // if all values are at the end of their range the average is exactly that end; with an unknown unit the limit may be such an end
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
