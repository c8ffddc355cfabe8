import type { Matcher } from '../../../definitions/language/node.ts'
import { nearest } from '../../text/nearest.ts'
import { expressionCheck } from '../check.ts'
import { familiesOf, matcherSpan, parts } from '../parts.ts'

/** A matcher on a label that the series never carry: it lets nothing through, or everything. */
export const unknownLabel = expressionCheck({
  code: 'BW102',
  name: 'unknown-label',
  severity: 'error',
  finds: 'A series is asked for by a label that it does not have',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'selector').flatMap((of) => {
      const families = familiesOf(expression, of.node)
      if (families.length === 0) return []
      const known = new Set(families.flatMap(({ labels }) => [...labels.keys()]))
      return of.node.matchers
        .filter(({ label }) => label !== '__name__' && !known.has(label))
        .map((matcher) => {
          const name = families.length === 1 ? (families[0]?.name ?? '') : 'these series'
          const labels = [...known].sort()
          return {
            ...matcherSpan(expression, of, matcher),
            message: `${name} ${families.length === 1 ? 'has' : 'have'} no label ${matcher.label}, so that this matcher lets ${asksForSome(matcher) ? 'nothing' : 'everything'} through`,
            fix: nearest(matcher.label, labels) || `there ${labels.length === 1 ? 'is' : 'are'} ${labels.join(', ')}`,
          }
        })
    }),
})

/** Whether a series without the label is left out. */
const asksForSome = ({ op, value }: Matcher): boolean => {
  if (op === '=') return value !== ''
  if (op === '!=') return value === ''
  let empty = false
  try {
    empty = new RegExp(`^(?:${value})$`, 's').test('')
  } catch {
    // what JavaScript cannot read decides nothing
  }
  return op === '=~' ? !empty : empty
}
