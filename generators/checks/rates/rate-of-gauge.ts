import { expressionCheck } from '../check.ts'
import { calls, familiesOf, is, operand, remark } from '../parts.ts'

const growth = new Set(['rate', 'increase', 'irate'])

/** A function for counters over what goes up and down: each fall is taken for a restart, and counted as growth. */
export const rateOfGauge = expressionCheck({
  code: 'BW302',
  name: 'rate-of-gauge',
  severity: 'error',
  finds: 'rate(), increase() or irate() is taken of what is no counter',
  needs: 'seen',
  roles: null,
  look: (expression) =>
    calls(expression, growth).flatMap((of) => {
      const inner = operand(of)
      if (inner === undefined || !is(inner, 'selector')) return []
      const families = familiesOf(expression, inner.node)
      const [first] = families
      if (first === undefined || !families.every(({ type }) => type === 'gauge' || type === 'state' || type === 'info'))
        return []
      return [
        remark(
          expression,
          of,
          `${first.name} is ${words[first.type as keyof typeof words]}, which also falls: ${of.node.fn}() takes each fall for a restart, and counts it as growth`,
          of.node.fn === 'rate' || of.node.fn === 'irate' ? 'take deriv()' : 'take delta() or changes()',
        ),
      ]
    }),
})
const words = { gauge: 'a gauge', state: 'a state set', info: 'an info' }
