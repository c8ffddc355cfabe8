import { durationText, milliseconds } from '../../../definitions/language/duration.ts'
import { expressionCheck } from '../check.ts'
import { calls, familiesOf, is, operand, remark } from '../parts.ts'

const differences = new Set('rate increase irate delta idelta deriv predict_linear changes resets'.split(' '))

/** A window of hardly any samples: one scrape that fails leaves fewer than two, and nothing is yielded. */
export const fewSamples = expressionCheck({
  code: 'BW501',
  name: 'window-of-few-samples',
  severity: 'warning',
  finds: 'A window holds fewer than four scrapes',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    calls(expression, differences).flatMap((of) => {
      const inner = operand(of)
      if (inner === undefined || !is(inner, 'selector') || inner.node.range === null) return []
      const every = Math.max(0, ...familiesOf(expression, inner.node).map((family) => family.every ?? 0))
      const range = milliseconds(inner.node.range)
      if (every === 0 || range === null || range >= 4 * every) return []
      return [
        remark(
          expression,
          inner,
          `the window is ${inner.node.range}, and a sample comes every ${durationText(every)}: ${range < 2 * every ? 'there are never two in it, and' : 'where a scrape or two fail there are not two left, and'} ${of.node.fn}() yields nothing`,
          `take at least ${durationText(4 * every)}`,
        ),
      ]
    }),
})
