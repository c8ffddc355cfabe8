import type { Matcher } from '../../../definitions/language/node.ts'
import { nearest } from '../../text/nearest.ts'
import { expressionCheck } from '../check.ts'
import { matcherSpan, parts, selectorFamilies } from '../parts.ts'

/** A matcher on a label that the series never have: it matches nothing, or everything. */
export const unknownLabel = expressionCheck({
  code: 'BW102',
  name: 'unknown-label',
  severity: 'error',
  finds: 'A matcher uses a label that the series do not have',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'selector').flatMap((of) => {
      const families = selectorFamilies(expression, of.node)
      if (families.length === 0) return []
      const known = new Set(families.flatMap(({ labels }) => [...labels.keys()]))
      return of.node.matchers
        .filter(({ label }) => label !== '__name__' && !known.has(label))
        .map((matcher) => {
          const name = families.length === 1 ? (families[0]?.name ?? '') : 'these series'
          const labels = [...known].sort()
          return {
            ...matcherSpan(expression, of, matcher),
            message: `${name} ${families.length === 1 ? 'has' : 'have'} no label ${matcher.label}, so this matcher matches ${asksForSome(matcher) ? 'nothing' : 'everything'}`,
            fix: nearest(matcher.label, labels) || `available labels: ${labels.join(', ')}`,
          }
        })
    }),
})

/** Whether the matcher excludes series without the label. */
const asksForSome = ({ op, value }: Matcher): boolean => {
  if (op === '=') return value !== ''
  if (op === '!=') return value === ''
  let empty = false
  try {
    empty = new RegExp(`^(?:${value})$`, 's').test('')
  } catch {
    // an expression that JavaScript cannot compile decides nothing
  }
  return op === '=~' ? !empty : empty
}
