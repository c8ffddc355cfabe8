import { matchSides } from '../../meaning/binary.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { parts, remark } from '../parts.ts'

/** An operator whose two sides can never have series with equal labels. */
export const neverMatches = expressionCheck({
  code: 'BW201',
  name: 'join-never-matches',
  severity: 'error',
  finds: 'No series on one side can ever match one on the other',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'binary').flatMap((of) => {
      const [left, right] = of.of as readonly [Meaning, Meaning]
      const { op, matching: how } = of.node
      if (op === 'or' || left.type !== 'vector' || right.type !== 'vector') return []
      if (left.never !== null || right.never !== null) return []
      const { never } = matchSides(how, left.labels, right.labels)
      if (never === null) return []
      const effect = op === 'unless' ? 'so unless removes nothing' : 'so this never yields anything'
      return [
        remark(
          expression,
          of,
          `${never}, ${effect}`,
          'match on labels that both have, with on (…), or aggregate both sides by the same labels',
        ),
      ]
    }),
})
