import { regexMistake } from '../../promql/regex.ts'
import { expressionCheck } from '../check.ts'
import type { Expression } from '../expression.ts'
import type { Remark } from '../looked.ts'
import { type Of, parts, remark } from '../parts.ts'

/** What is well formed, and yet an error each time it is evaluated: its rule loads, and never yields anything. */
export const evaluationFails = expressionCheck({
  code: 'BW003',
  name: 'evaluation-fails',
  severity: 'error',
  finds: 'An expression can be read, and is refused each time it is evaluated',
  needs: 'text',
  roles: null,
  look: (expression) => [
    ...parts(expression, 'call').flatMap((of) => inCall(expression, of)),
    ...parts(expression, 'aggregate')
      .filter(({ node }) => node.op === 'count_values' && node.param?.kind === 'string' && node.param.value === '')
      .map((of) => remark(expression, of.of[0] ?? of, 'count_values() writes to a label without a name', nameIt)),
  ],
})

const nameIt = 'name the label'

function inCall(expression: Expression, of: Of<'call'>): readonly Remark[] {
  const { fn, args } = of.node
  if (fn !== 'label_replace' && fn !== 'label_join') return []
  const at = (i: number) => of.of[i] ?? of
  const given = args.map((arg) => (arg.kind === 'string' ? arg.value : null))
  const found: Remark[] = []
  if (given[1] === '') found.push(remark(expression, at(1), `${fn}() writes to a label without a name`, nameIt))
  if (fn === 'label_join')
    for (const [i, label] of given.entries())
      if (i > 2 && label === '')
        found.push(remark(expression, at(i), 'label_join() reads a label without a name', nameIt))
  const pattern = fn === 'label_replace' ? given[4] : null
  const wrong = pattern == null ? null : regexMistake(pattern)
  if (wrong !== null)
    found.push(
      remark(expression, at(4), `${wrong}, so that label_replace() ends in an error`, 'write it as RE2 reads it'),
    )
  return found
}
