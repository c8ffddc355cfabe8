import { compareIntervals, matchSides } from '../../meaning/binary.ts'
import { describeValues } from '../../meaning/describe.ts'
import { exactly, hasNumber } from '../../meaning/interval.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import type { Remark } from '../checked-expression.ts'
import type { AnalysedExpression } from '../expression.ts'
import { isComparison, limitComparisons, parts, remark } from '../parts.ts'
import { comparedQuantiles } from './quantiles.ts'
import { asShare, isShare } from './wrong-scale.ts'

/** A limit outside the range of the value. */
export const neverTrue = expressionCheck({
  code: 'BW401',
  name: 'limit-never-reached',
  severity: 'error',
  finds: 'A limit is outside the range of the value, so the comparison is never true',
  needs: 'contract',
  roles: null,
  look: (expression) => [...withNumber(expression), ...withSeries(expression)],
})

function withNumber(expression: AnalysedExpression): readonly Remark[] {
  const quantiles = new Set(comparedQuantiles(expression).map(({ of }) => of))
  return limitComparisons(expression)
    .filter(({ of, what }) => what.never === null && of.never !== null && !quantiles.has(of))
    .filter(({ what, op, limit }) => !hasNumber(compareIntervals(op, what.values, exactly(limit))))
    .map(({ of, what, op, limit }) =>
      remark(
        expression,
        of,
        `the value is ${describeValues(what.values)}, so it is never ${op} ${limit}`,
        isPartOfOne(what) && limit > 1 && limit <= 100 ? asShare(limit) : 'choose a limit that the value can pass',
      ),
    )
}

/** Two sides whose values make the comparison false, whichever of their series match. */
function withSeries(expression: AnalysedExpression): readonly Remark[] {
  return parts(expression, 'binary').flatMap((of) => {
    const [left, right] = of.of as readonly [Meaning, Meaning]
    const { op, bool, matching: how } = of.node
    if (!isComparison(op) || bool || of.never === null || left.type !== 'vector' || right.type !== 'vector') return []
    if (left.never !== null || right.never !== null || matchSides(how, left.labels, right.labels).never !== null)
      return []
    return [remark(expression, of, of.never, 'compare with something the value can pass')]
  })
}

/** Whether it is a part of a whole from 0 to 1: a ratio, or an average of flags. */
function isPartOfOne({ node, unit, values }: Meaning): boolean {
  if (unit === null || values.lo < 0 || values.hi > 1.01) return false
  const isAverage =
    (node.kind === 'aggregate' && node.op === 'avg') || (node.kind === 'call' && node.fn === 'avg_over_time')
  return isShare(unit) || (unit.dim === 'flag' && isAverage)
}
