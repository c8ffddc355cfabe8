import { durationText, milliseconds } from '../../../definitions/language/duration.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { is, remark } from '../parts.ts'

/** A query that looks back further than samples are kept. */
export const overRetention = expressionCheck({
  code: 'BW502',
  name: 'window-over-retention',
  severity: 'error',
  finds: 'A window or an offset looks back further than samples are kept',
  needs: 'text',
  roles: null,
  look: (expression) => {
    const { retention } = expression.use
    if (retention === null) return []
    return expression.all
      .filter((of) => is(of, 'selector') && back(of, expression.above(of)) > retention)
      .map((of) =>
        remark(
          expression,
          of,
          `it looks back ${durationText(back(of, expression.above(of)))}, but samples are kept for only ${durationText(retention)}`,
          'raise retention in stack(), or look back less',
        ),
      )
  },
})

const back = (of: Meaning, above: readonly Meaning[]): number =>
  [of, ...above].reduce((sum, { node }) => {
    if (node.kind !== 'selector' && node.kind !== 'subquery') return sum
    return sum + (milliseconds(node.range ?? '') ?? 0) + (milliseconds(node.offset ?? '') ?? 0)
  }, 0)
