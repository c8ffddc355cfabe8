import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import type { AnalysedExpression } from '../expression.ts'
import { is, isComparison, isSet, remark } from '../parts.ts'

/** An alert without a deciding comparison: it fires whenever there is data. */
export const noComparison = expressionCheck({
  code: 'BW601',
  name: 'alert-without-comparison',
  severity: 'error',
  finds: 'An alert has no comparison and fires whenever there is data',
  needs: 'text',
  roles: ['alert'],
  look: (expression) => {
    const { meaning } = expression
    // a watchdog selects nothing and must always fire
    if (!expression.all.some((of) => is(of, 'selector')) || decides(expression, meaning)) return []
    return [
      remark(
        expression,
        meaning,
        'no comparison decides whether it fires, so it fires for every series, even one whose value is 0',
        'compare the value, such as … > 5',
      ),
    ]
  },
})

/** Whether something in it drops series by their value, or by whether other series exist. */
function decides(expression: AnalysedExpression, of: Meaning): boolean {
  const below = (one: Meaning) => decides(expression, one)
  const { node } = of
  if (is(of, 'binary')) {
    const { op, bool } = of.node
    if (isComparison(op)) return !bool
    if (op === 'or') return of.of.every(below)
    if (isSet(op)) return true
  }
  if (is(of, 'selector')) {
    const recorded = expression.record(of.node.name)
    return isOwnAlert(of.node.name) || (recorded !== null && below(recorded))
  }
  if (node.kind === 'call' && node.fn.startsWith('absent')) return true
  return of.of.some(below)
}
/** Prometheus' own series about alerts exist only while those are active. */
const isOwnAlert = (name: string) => name === 'ALERTS' || name === 'ALERTS_FOR_STATE'
