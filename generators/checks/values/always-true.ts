import type { Op } from '../../../definitions/language/node.ts'
import { describeValues } from '../../meaning/describe.ts'
import type { Interval } from '../../meaning/interval.ts'
import { expressionCheck } from '../check.ts'
import { limitComparisons, remark } from '../parts.ts'
import { comparedQuantiles } from './quantiles.ts'

/** A limit that every possible value passes. */
export const alwaysTrue = expressionCheck({
  code: 'BW402',
  name: 'limit-always-passed',
  severity: 'error',
  finds: 'Every possible value passes the limit, so the comparison decides nothing',
  needs: 'contract',
  roles: ['alert', 'record'],
  look: (expression) => {
    const quantiles = new Set(comparedQuantiles(expression).map(({ of }) => of))
    return limitComparisons(expression)
      .filter(({ of, what }) => what.never === null && !quantiles.has(of))
      .filter(({ what, op, limit }) => isAlways(op, what.values, limit))
      .map(({ of, what, op, limit }) =>
        remark(
          expression,
          of,
          `the value is ${describeValues(what.values)}, so it is always ${op} ${limit}: the alert fires whenever there is data`,
          'choose a limit that a healthy value does not pass',
        ),
      )
  },
})

function isAlways(op: Op, { lo, hi, nan }: Interval, limit: number): boolean {
  if (nan || lo > hi) return false
  switch (op) {
    case '>':
      return lo > limit
    case '>=':
      return lo >= limit
    case '<':
      return hi < limit
    case '<=':
      return hi <= limit
    case '==':
      return lo === limit && hi === limit
    default:
      return limit < lo || limit > hi
  }
}
