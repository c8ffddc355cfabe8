import { durationText, milliseconds } from '../../../definitions/language/duration.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { is, isCallOf, limitComparisons, operand, remark } from '../parts.ts'

const events = new Set(['increase', 'changes', 'resets', 'rate', 'irate'])

/** A `for` that outlasts its signal: before it is over, the event has left the window, or the age has passed the limit. */
export const forTooLong = expressionCheck({
  code: 'BW503',
  name: 'for-longer-than-signal',
  severity: 'warning',
  finds: 'The condition has to hold for longer than its signal can last',
  needs: 'text',
  roles: ['alert'],
  look: (expression) => {
    const held = expression.use.for
    if (held === 0) return []
    return limitComparisons(expression).flatMap(({ of, what, op, limit }) => {
      // one event is enough here; a higher limit needs more of them, which can keep coming
      if ((op === '>' && limit < 1) || (op === '>=' && limit <= 1)) {
        const window = shortest(what)
        if (window === null || window > held) return []
        return [
          remark(
            expression,
            of,
            `one event stays in the window for ${durationText(window)}, and the condition has to hold for ${durationText(held)}: by then the event has left the window`,
            'choose a window longer than `for`, or remove `for`',
          ),
        ]
      }
      if ((op !== '<' && op !== '<=') || !isAge(what) || limit * 1000 > held) return []
      return [
        remark(
          expression,
          of,
          `an age stays below ${limit} s for at most ${limit} s, and the condition has to hold for ${durationText(held)}`,
          'remove `for`',
        ),
      ]
    })
  },
})

/** How long one event stays in the window that a value counts; null if it counts no events. */
function shortest(of: Meaning): number | null {
  if (is(of, 'aggregate')) return shortest(of.of.at(-1) as Meaning)
  if (!isCallOf(of, events)) return null
  const inner = operand(of)
  return inner !== undefined && is(inner, 'selector') ? milliseconds(inner.node.range ?? '') : null
}

/** The seconds since a fixed moment. */
const isAge = (of: Meaning): boolean =>
  is(of, 'binary') && of.node.op === '-' && of.of[0]?.node.kind === 'call' && of.of[0].node.fn === 'time'
