import { selectors } from '../../../definitions/language/node.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import type { AnalysedExpression } from '../expression.ts'
import { is, isCallOf, limitComparisons, operand, remark, selectorFamilies } from '../parts.ts'

const growth = new Set(['increase', 'rate', 'irate'])

/** "Nothing happened" tested on series that exist only once something did: absent is not 0. */
export const counterNotThere = expressionCheck({
  code: 'BW505',
  name: 'absent-is-not-zero',
  severity: 'warning',
  finds: 'An alert on too few events watches series that do not exist before the first one',
  needs: 'contract',
  roles: ['alert'],
  look: (expression) =>
    limitComparisons(expression).flatMap(({ of, what, op, limit }) => {
      if (op !== '<' && op !== '<=' && !(op === '==' && limit === 0)) return []
      const counted = is(what, 'aggregate') ? what.of.at(-1) : what
      if (counted === undefined) return []
      const inner = isCallOf(counted, growth) ? operand(counted) : counted
      if (inner === undefined || !is(inner, 'selector')) return []
      const [family] = selectorFamilies(expression, inner.node)
      if (family === undefined || family.foreign || family.type !== 'counter' || !family.absent.includes('unset'))
        return []
      if (isAbsenceSeen(expression, of, family.name)) return []
      return [
        remark(
          expression,
          of,
          `${family.name} has no series before its first event, and a missing series is not ${op} ${limit}: in the worst case, when nothing ever happened, this stays silent`,
          `also watch its absence, with or absent(${family.name}{…}), or count something without open labels`,
        ),
      ]
    }),
})

const absences = new Set(['absent', 'absent_over_time'])

/** Whether the other side of an `or` yields something while the series of a name are missing: `… or absent(x)`, `… or up unless x`. */
function isAbsenceSeen({ above }: AnalysedExpression, of: Meaning, name: string): boolean {
  const asks = (one: Meaning | undefined) => one !== undefined && selectors(one.node).some((node) => node.name === name)
  const isThere = (one: Meaning): boolean =>
    (isCallOf(one, absences) && asks(one)) ||
    (is(one, 'binary') && one.node.op === 'unless' && asks(one.of[1])) ||
    one.of.some(isThere)
  return above(of).some((one) => is(one, 'binary') && one.node.op === 'or' && one.of.some(isThere))
}
