import { anchoredRegex } from '../../promql/regex.ts'
import { expressionCheck } from '../check.ts'
import { matcherSpan, parts, selectorFamilies } from '../parts.ts'
import { possibleValues, valueList } from './unknown-value.ts'

/** A regular expression that matches all values of a closed label, or none. */
export const uselessRegex = expressionCheck({
  code: 'BW104',
  name: 'useless-regex',
  severity: 'error',
  finds: 'A regular expression matches no value of a label, or all of them',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'selector').flatMap((of) => {
      const families = selectorFamilies(expression, of.node)
      return of.node.matchers.flatMap((matcher) => {
        const { label, op, value } = matcher
        if (!op.endsWith('~') || label === '__name__') return []
        const values = possibleValues(families.flatMap(({ labels }) => labels.get(label) ?? []))
        const asked = anchoredRegex(value)
        if (values === null || asked === null || values.length === 0) return []
        const taken = values.filter((one) => asked.test(one)).length
        if (taken !== 0 && taken !== values.length) return []
        // `.+` and the like ask whether the label exists
        if (taken === values.length && (values.length === 1 || /^\.[*+]$/.test(value))) return []
        const nothing = (taken === 0) === (op === '=~')
        return [
          {
            ...matcherSpan(expression, of, matcher),
            message: `${JSON.stringify(value)} matches ${taken === 0 ? 'no value' : 'every value'} of ${label} (${valueList(values)}), so ${nothing ? 'no series is selected' : 'it excludes nothing'}`,
            fix: nothing
              ? 'match whole values: Prometheus anchors regular expressions at both ends'
              : 'remove it, or name the values you mean',
          },
        ]
      })
    }),
})
