import { durationText, milliseconds } from '../../../definitions/language/duration.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { comparisons, is, isCallOf, operand, remark } from '../parts.ts'

const events = new Set(['increase', 'changes', 'resets', 'rate', 'irate'])

/** A `for` that outlasts the condition: the window has let go of the event, or the process is older, before it is over. */
export const forTooLong = expressionCheck({
  code: 'BW503',
  name: 'for-longer-than-signal',
  severity: 'warning',
  finds: 'The condition has to hold for longer than what it sees can last',
  needs: 'text',
  roles: ['alert'],
  look: (expression) => {
    const held = expression.setting.for
    if (held === 0) return []
    return comparisons(expression).flatMap(({ of, what, op, limit }) => {
      // a few events, as one burst makes them: a limit on how many there are asks for more of them
      if ((op === '>' && limit < 1) || (op === '>=' && limit <= 1)) {
        const window = shortest(what)
        if (window === null || window > held) return []
        return [
          remark(
            expression,
            of,
            `one event is in the window for ${durationText(window)}, and the condition has to hold for ${durationText(held)}: by then the window has let go of it`,
            'choose a window longer than `for`, or leave out `for`',
          ),
        ]
      }
      if ((op !== '<' && op !== '<=') || !isAge(what) || limit * 1000 > held) return []
      return [
        remark(
          expression,
          of,
          `an age is below ${limit} s for ${limit} s at most, and the condition has to hold for ${durationText(held)}`,
          'leave out `for`',
        ),
      ]
    })
  },
})

/** How long one event stays in the windows that a value counts; null where it counts none. */
function shortest(of: Meaning): number | null {
  if (is(of, 'aggregate')) return shortest(of.of.at(-1) as Meaning)
  if (!isCallOf(of, events)) return null
  const inner = operand(of)
  return inner !== undefined && is(inner, 'selector') ? milliseconds(inner.node.range ?? '') : null
}

/** Seconds since something that does not move while they are counted. */
const isAge = (of: Meaning): boolean =>
  is(of, 'binary') && of.node.op === '-' && of.of[0]?.node.kind === 'call' && of.of[0].node.fn === 'time'
