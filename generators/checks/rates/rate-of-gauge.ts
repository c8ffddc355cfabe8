import { expressionCheck } from '../check.ts'
import { calls, is, operand, remark, selectorFamilies } from '../parts.ts'

const growth = new Set(['rate', 'increase', 'irate'])

/** A function for counters applied to a value that goes up and down: each drop is taken for a counter reset and counted as growth. */
export const rateOfGauge = expressionCheck({
  code: 'BW302',
  name: 'rate-of-gauge',
  severity: 'error',
  finds: 'rate(), increase() or irate() is applied to something other than a counter',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    calls(expression, growth).flatMap((of) => {
      const inner = operand(of)
      if (inner === undefined || !is(inner, 'selector')) return []
      const families = selectorFamilies(expression, inner.node)
      const [first] = families
      if (first === undefined || !families.every(({ type }) => type === 'gauge' || type === 'state' || type === 'info'))
        return []
      return [
        remark(
          expression,
          of,
          `${first.name} is ${words[first.type as keyof typeof words]}, which can also go down: ${of.node.fn}() takes every drop for a counter reset and counts it as growth`,
          of.node.fn === 'rate' || of.node.fn === 'irate' ? 'use deriv()' : 'use delta() or changes()',
        ),
      ]
    }),
})
const words = { gauge: 'a gauge', state: 'a state set', info: 'an info metric' }
