import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { is, isComparison, isSet, operand, remark } from '../parts.ts'

const poisoned = new Set(['sum', 'avg', 'stddev', 'stdvar'])
const overTime = new Set(['sum_over_time', 'avg_over_time', 'stddev_over_time', 'stdvar_over_time'])

/** 0/0 inside a sum or an average: one NaN makes all of it NaN, and NaN passes no limit. */
export const nanPoison = expressionCheck({
  code: 'BW408',
  name: 'nan-under-sum',
  severity: 'error',
  finds: 'A sum or an average includes a division that can be 0 / 0',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    expression.all.flatMap((of) => {
      const sums = (is(of, 'aggregate') && poisoned.has(of.node.op)) || (is(of, 'call') && overTime.has(of.node.fn))
      const inner = is(of, 'aggregate') ? of.of.at(-1) : operand(of)
      if (!sums || inner === undefined || inner.never !== null) return []
      const division = divisionIn(inner)
      if (division === null) return []
      return [
        remark(
          expression,
          division,
          'if nothing happened this is 0 / 0, which is NaN; one NaN makes the whole sum or average NaN, and NaN passes no limit',
          'divide the sums instead: sum(…) / sum(…), or drop idle series with … / (… > 0)',
        ),
      ]
    }),
})

function divisionIn(of: Meaning): Meaning | null {
  if (is(of, 'subquery')) return of.of[0] === undefined ? null : divisionIn(of.of[0])
  if (!is(of, 'binary')) return null
  const [left, right] = of.of as readonly [Meaning, Meaning]
  // a comparison drops NaN
  if (isComparison(of.node.op)) return null
  if (of.node.op === '/' && left.values.lo <= 0 && left.values.hi >= 0 && right.values.lo <= 0 && right.values.hi >= 0)
    return left.type === 'vector' && right.type === 'vector' ? of : null
  if (isSet(of.node.op)) return divisionIn(left)
  return divisionIn(left) ?? divisionIn(right)
}
