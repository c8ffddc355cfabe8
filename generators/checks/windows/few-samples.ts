import { durationText, milliseconds } from '../../../definitions/language/duration.ts'
import { expressionCheck } from '../check.ts'
import { calls, is, operand, remark, selectorFamilies } from '../parts.ts'

const differences = new Set('rate increase irate delta idelta deriv predict_linear changes resets'.split(' '))

/** A window with very few samples: one failed scrape leaves fewer than two, and nothing is yielded. */
export const fewSamples = expressionCheck({
  code: 'BW501',
  name: 'window-of-few-samples',
  severity: 'warning',
  finds: 'A window covers fewer than four scrapes',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    calls(expression, differences).flatMap((of) => {
      const inner = operand(of)
      if (inner === undefined || !is(inner, 'selector') || inner.node.range === null) return []
      const every = Math.max(0, ...selectorFamilies(expression, inner.node).map((family) => family.every ?? 0))
      const range = milliseconds(inner.node.range)
      if (every === 0 || range === null || range >= 4 * every) return []
      return [
        remark(
          expression,
          inner,
          `the window is ${inner.node.range}, but there is a sample only every ${durationText(every)}: ${range < 2 * every ? 'it often has fewer than two samples' : 'if a scrape or two fail, fewer than two samples are left'}, and ${of.node.fn}() yields nothing`,
          `use at least ${durationText(4 * every)}`,
        ),
      ]
    }),
})
