import { regexError } from '../../promql/regex.ts'
import { expressionCheck } from '../check.ts'
import type { Remark } from '../checked-expression.ts'
import type { AnalysedExpression } from '../expression.ts'
import { type Of, parts, remark } from '../parts.ts'

/** An expression that parses but fails on every evaluation: its rule loads and never yields anything. */
export const evaluationFails = expressionCheck({
  code: 'BW003',
  name: 'evaluation-fails',
  severity: 'error',
  finds: 'An expression parses, but every evaluation of it fails',
  needs: 'text',
  roles: null,
  look: (expression) => [
    ...parts(expression, 'call').flatMap((of) => inCall(expression, of)),
    ...parts(expression, 'aggregate')
      .filter(({ node }) => node.op === 'count_values' && node.param?.kind === 'string' && node.param.value === '')
      .map((of) => remark(expression, of.of[0] ?? of, 'count_values() writes to a label with an empty name', nameIt)),
  ],
})

const nameIt = 'name the label'

function inCall(expression: AnalysedExpression, of: Of<'call'>): readonly Remark[] {
  const { fn, args } = of.node
  if (fn !== 'label_replace' && fn !== 'label_join') return []
  const at = (i: number) => of.of[i] ?? of
  const given = args.map((arg) => (arg.kind === 'string' ? arg.value : null))
  const found: Remark[] = []
  if (given[1] === '') found.push(remark(expression, at(1), `${fn}() writes to a label with an empty name`, nameIt))
  if (fn === 'label_join')
    for (const [i, label] of given.entries())
      if (i > 2 && label === '')
        found.push(remark(expression, at(i), 'label_join() reads a label with an empty name', nameIt))
  const pattern = fn === 'label_replace' ? given[4] : null
  const wrong = pattern == null ? null : regexError(pattern)
  if (wrong !== null)
    found.push(
      remark(expression, at(4), `${wrong}, so every evaluation of label_replace() fails`, 'write it in RE2 syntax'),
    )
  return found
}
