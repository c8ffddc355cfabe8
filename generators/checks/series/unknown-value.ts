import type { Matcher } from '../../../definitions/language/node.ts'
import { alternatives, type Domain, knownValues } from '../../meaning/domain.ts'
import { nearest } from '../../text/nearest.ts'
import { expressionCheck } from '../check.ts'
import { matcherSpan, parts, selectorFamilies } from '../parts.ts'

/** A value that a closed label never has: the matcher does not select the series that were meant. */
export const unknownValue = expressionCheck({
  code: 'BW103',
  name: 'unknown-label-value',
  severity: 'error',
  finds: 'A matcher uses a value that its label never has',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'selector').flatMap((of) => {
      const families = selectorFamilies(expression, of.node)
      return of.node.matchers.flatMap((matcher) => {
        const values = possibleValues(families.flatMap(({ labels }) => labels.get(matcher.label) ?? []))
        if (values === null) return []
        const wrong = askedBy(matcher).filter((value) => value !== '' && !values.includes(value))
        if (wrong.length === 0 || (matcher.op.endsWith('~') && wrong.length === askedBy(matcher).length)) return []
        return wrong.map((value) => ({
          ...matcherSpan(expression, of, matcher),
          message: `${matcher.label} is never ${JSON.stringify(value)}: it is one of ${valueList(values)}`,
          fix: nearest(value, values) || 'use one of these',
        }))
      })
    }),
})

/** All values that a label can have on any of these series; null if others are possible. */
export function possibleValues(domains: readonly Domain[]): readonly string[] | null {
  const all = domains.map(knownValues)
  return all.length === 0 || all.includes(null) ? null : [...new Set(all.flatMap((values) => values ?? []))]
}

/** The values that a matcher lists one by one; none if it is a pattern. */
const askedBy = ({ op, value }: Matcher): readonly string[] =>
  op === '=' || op === '!=' ? [value] : (alternatives(value) ?? [])

export const valueList = (values: readonly string[]): string =>
  values.length > 12 ? `${values.slice(0, 12).join(', ')}, …` : values.join(', ')
