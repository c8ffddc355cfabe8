import { knownValues } from '../../meaning/domain.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { asksFor, isComparison, isSet, parts, remark } from '../parts.ts'

/** `a or b` whose sides have the same labels: b shows only if a is missing, which never happens while the bot runs. */
export const orSwallows = expressionCheck({
  code: 'BW204',
  name: 'or-swallows-a-side',
  severity: 'error',
  finds: 'The right side of `or` has the same labels as the left one, so it never shows',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'binary').flatMap((of) => {
      const [left, right] = of.of as readonly [Meaning, Meaning]
      if (of.node.op !== 'or' || left.never !== null || right.never !== null) return []
      if (asksFor(right).length === 0 || !isSteady(left)) return []
      const how = of.node.matching
      const all = [...new Set([...left.labels.keys(), ...right.labels.keys()])].filter((label) => label !== '__name__')
      const on = how === null ? all : how.word === 'on' ? how.labels : all.filter((l) => !how.labels.includes(l))
      const covered = on.every((label) => {
        const [ours, theirs] = [left.labels.get(label), right.labels.get(label)]
        if (ours === undefined || theirs === undefined) return ours === theirs
        const [mine, others] = [knownValues(ours), knownValues(theirs)]
        if (mine === null || others === null) return mine === others && ours.max >= theirs.max
        return others.every((value) => mine.includes(value))
      })
      if (!covered) return []
      return [
        remark(
          expression,
          of,
          'every series on the right has the same labels as one on the left that is always present: `or` never shows it',
          'add them with +, or give them different labels with label_replace()',
        ),
      ]
    }),
})

/** Whether it yields all its series whenever the bot runs: nothing filters them, and each exists from the start. */
function isSteady(of: Meaning): boolean {
  if (of.absent.includes('unset')) return false
  const { node } = of
  if (node.kind === 'binary' && ((isComparison(node.op) && !node.bool) || isSet(node.op))) return false
  if (node.kind === 'call' && (node.fn.startsWith('absent') || node.fn === 'clamp')) return false
  if (node.kind === 'aggregate' && /^(topk|bottomk|limit)/.test(node.op)) return false
  return of.of.filter(({ type }) => type === 'vector' || type === 'matrix').every(isSteady)
}
