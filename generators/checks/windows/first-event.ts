import type { Meaning } from '../../meaning/meaning.ts'
import { listText } from '../../text/list-text.ts'
import { expressionCheck } from '../check.ts'
import { countsWhatIsNew } from '../cumulative.ts'
import { growthComparisons } from '../growth-comparisons.ts'
import { is, remark, selectorFamilies } from '../parts.ts'

/** The first event of a new label value: its series starts at 1, and a series that starts at 1 has not grown. */
export const firstEvent = expressionCheck({
  code: 'BW504',
  name: 'first-event-missed',
  severity: 'warning',
  finds: 'An alert on single events misses the first event of each value of an open label',
  needs: 'contract',
  roles: ['alert'],
  look: (expression) =>
    growthComparisons(expression).flatMap(({ of, counter, isOfTotals, op, limit }) => {
      const isPassed = (op === '>' && limit < 1) || (op === '>=' && limit <= 1) || (op === '!=' && limit === 0)
      if (isOfTotals || !isPassed) return []
      const [family] = selectorFamilies(expression, counter.node)
      if (family === undefined || family.foreign || family.type !== 'counter' || !family.absent.includes('unset'))
        return []
      const open = Object.entries(family.metric?.labels ?? {}).filter(([, label]) => 'max' in label)
      if (open.length === 0 || expression.above(of).some((one) => isOr(one) && countsWhatIsNew(one, family.name)))
        return []
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

const isOr = (of: Meaning): boolean => is(of, 'binary') && of.node.op === 'or'
