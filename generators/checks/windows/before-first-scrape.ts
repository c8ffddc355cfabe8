import { selectors } from '../../../definitions/language/node.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import type { SeriesFamily } from '../../meaning/world.ts'
import { expressionCheck } from '../check.ts'
import { countsWhatIsNew } from '../cumulative.ts'
import type { AnalysedExpression } from '../expression.ts'
import { type GrowthComparison, growthComparisons } from '../growth-comparisons.ts'
import { is, remark, selectorFamilies } from '../parts.ts'

/** An event before the first scrape of a process: its counter starts above 0, or where it was before a restart, and has not grown. */
export const beforeFirstScrape = expressionCheck({
  code: 'BW508',
  name: 'event-before-first-scrape',
  severity: 'warning',
  finds: 'An alert that a single event trips misses the events before the first scrape of a process',
  needs: 'contract',
  roles: ['alert'],
  look: (expression) =>
    growthComparisons(expression).flatMap((comparison) => {
      const family = counterOf(expression, comparison)
      if (family === null || !isDecisive(expression, comparison.of, family.name)) return []
      return [
        remark(
          expression,
          comparison.of,
          `${family.name} is compared with what it was at an earlier scrape: an event before the first scrape of a process is missed, and so is one after a restart that leaves the counter as high as before`,
          'count from zero with increaseFromZero(counter, window, startedAt), where startedAt is when the process started',
        ),
      ]
    }),
})

/** Aggregations that let a single event of one series pass the limit. */
const passingOn: ReadonlySet<string | null> = new Set([null, 'sum', 'max'])

/** The counter of events of which a single one passes the limit, and outlasts the hold; null if there is none. */
function counterOf(
  expression: AnalysedExpression,
  { counter, window, one, over, op, limit }: GrowthComparison,
): SeriesFamily | null {
  const isPassed =
    (op === '>' && limit >= 0 && limit < one) ||
    (op === '>=' && limit > 0 && limit <= one) ||
    (op === '!=' && limit === 0)
  if (!isPassed || !passingOn.has(over) || expression.use.for >= window) return null
  const [family] = selectorFamilies(expression, counter.node)
  // a series that begins with its first event is BW504, and a counter of money counts no events
  const isEventCounter = family?.type === 'counter' && family.unit?.dim === 'count' && !family.absent.includes('unset')
  return isEventCounter && !family.foreign ? family : null
}

/** Whether the alert fires as soon as this comparison is true, and nothing else counts the events that it misses. */
function isDecisive(expression: AnalysedExpression, of: Meaning, name: string): boolean {
  let below = of
  for (const one of expression.above(of)) {
    if (!is(one, 'binary')) return false
    const [left, right] = one.of as readonly [Meaning, Meaning]
    const [isLeft, other] = left === below ? [true, right] : [false, left]
    switch (one.node.op) {
      case 'or':
        if (countsWhatIsNew(other, name)) return false
        break
      case 'and':
        // a guard of another condition, or a second condition on the same events
        if (!isLeft || selectors(other.node).some((node) => node.name === name)) return false
        break
      case 'unless':
        if (!isLeft) return false
        break
      default:
        return false
    }
    below = one
  }
  return true
}
