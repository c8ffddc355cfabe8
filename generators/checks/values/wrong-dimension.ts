import type { Op } from '../../../definitions/language/node.ts'
import { describeUnit } from '../../meaning/describe.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { parts, remark } from '../parts.ts'

const sameUnits = new Set<Op>(['+', '-', '==', '!=', '>', '<', '>=', '<='])

/** Sums, differences and comparisons of values with different dimensions. */
export const wrongDimension = expressionCheck({
  code: 'BW405',
  name: 'wrong-dimension',
  severity: 'error',
  finds: 'Values of different dimensions are compared, added or subtracted',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'binary').flatMap((of) => {
      const [left, right] = of.of as readonly [Meaning, Meaning]
      const [a, b] = [left.unit, right.unit]
      if (!sameUnits.has(of.node.op) || a === null || b === null || a.dim === b.dim) return []
      if (a.dim === 'mixed' || b.dim === 'mixed' || isShareOfTime(a.dim, b.dim)) return []
      return [
        remark(
          expression,
          of,
          `the two sides of ${of.node.op} have different dimensions: ${describeUnit(left)} and ${describeUnit(right)}`,
          'use values of the same dimension',
        ),
      ]
    }),
})

/** Seconds per second are a ratio. */
const isShareOfTime = (a: string, b: string) => [a, b].sort().join() === 'ratio,time/s'
