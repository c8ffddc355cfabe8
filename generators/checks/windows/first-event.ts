import { listText } from '../../text/list-text.ts'
import { expressionCheck } from '../check.ts'
import { asksFor, is, isCallOf, limitComparisons, operand, remark, selectorFamilies } from '../parts.ts'

const growth = new Set(['increase', 'rate', 'irate'])

/** The first event of a new label value: its series starts at 1, and a series that starts at 1 has not grown. */
export const firstEvent = expressionCheck({
  code: 'BW504',
  name: 'first-event-missed',
  severity: 'warning',
  finds: 'An alert on single events misses the first event of each value of an open label',
  needs: 'contract',
  roles: ['alert'],
  look: (expression) =>
    limitComparisons(expression).flatMap(({ of, what, op, limit }) => {
      if (!((op === '>' && limit < 1) || (op === '>=' && limit <= 1))) return []
      const counted = is(what, 'aggregate') ? what.of.at(-1) : what
      if (counted === undefined || !isCallOf(counted, growth)) return []
      const inner = operand(counted)
      if (inner === undefined || !is(inner, 'selector')) return []
      const [family] = selectorFamilies(expression, inner.node)
      if (family === undefined || family.foreign || family.type !== 'counter' || !family.absent.includes('unset'))
        return []
      const open = Object.entries(family.metric?.labels ?? {}).filter(([, label]) => 'max' in label)
      if (open.length === 0 || asksFor(counted).length > 1) return []
      return [
        remark(
          expression,
          of,
          `${family.name} has no series for a ${listText(open.map(([label]) => label))} before its first event and starts at 1, which does not count as growth: the first event of each is missed`,
          'count from zero with increaseFromZero()',
        ),
      ]
    }),
})
