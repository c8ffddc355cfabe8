import { expressionCheck } from '../check.ts'
import { comparisons, familiesOf, is, isCallOf, operand, remark } from '../parts.ts'

const growth = new Set(['increase', 'rate', 'irate'])

/** "Nothing happened" asked of series that are there only once something did: absent is not 0. */
export const counterNotThere = expressionCheck({
  code: 'BW505',
  name: 'absent-is-not-zero',
  severity: 'warning',
  finds: 'An alert on too few events watches series that are not there before the first one',
  needs: 'contract',
  roles: ['alert'],
  look: (expression) =>
    comparisons(expression).flatMap(({ of, what, op, limit }) => {
      if (op !== '<' && op !== '<=' && !(op === '==' && limit === 0)) return []
      const counted = is(what, 'aggregate') ? what.of.at(-1) : what
      if (counted === undefined) return []
      const inner = isCallOf(counted, growth) ? operand(counted) : counted
      if (inner === undefined || !is(inner, 'selector')) return []
      const [family] = familiesOf(expression, inner.node)
      if (family === undefined || family.foreign || family.type !== 'counter' || !family.absent.includes('unset'))
        return []
      return [
        remark(
          expression,
          of,
          `${family.name} has no series before its first event, and what is absent is not ${op} ${limit}: where it never happened at all, which is the worst case, this stays silent`,
          'watch its absence too, or count something without open labels',
        ),
      ]
    }),
})
