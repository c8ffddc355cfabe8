import { selectors } from '../../../definitions/language/node.ts'
import { parse } from '../../promql/parse.ts'
import { anyValue, interpolate } from '../interpolate.ts'
import type { VerdictReason } from '../verdict.ts'

/** Those of intervals and ranges, which Grafana replaces in alert rules, too. */
const replaced = /^(?:\$\{?|\[\[)__/

/** `$1` is a group of a regular expression. */
const variable = /\$\{[a-zA-Z_]\w*[^}]*\}|\$[a-zA-Z_]\w*|\[\[[a-zA-Z_]\w*(?::\w+)?\]\]/g

const why = (name: string) =>
  `an alert rule has no dashboard variables: Grafana sends ${name} to Prometheus as it is; write the value`

/** Notes on dashboard variables in a query of a rule. */
export const variableNotes = (expr: string): readonly VerdictReason[] =>
  [...new Set(expr.match(variable) ?? [])]
    .filter((name) => !replaced.test(name))
    .map((name) => ({ part: '', why: why(name) }))

/** Why a selector of a query finds nothing: its matcher wants the name of a variable as the value; null if none does. */
export function deadVariable(expr: string): VerdictReason | null {
  const { text, loose, restored } = interpolate(expr, new Map())
  const parsed = parse(text)
  if (loose || !parsed.ok) return null
  const whole = new RegExp(`^${anyValue}\\d+${anyValue}$`)
  for (const { matchers } of selectors(parsed.node))
    for (const { label, op, value } of matchers) {
      const name = restored(value)
      if ((op === '=' || op === '=~') && whole.test(value) && !replaced.test(name))
        return { part: `${label}${op}"${name}"`, why: why(name) }
    }
  return null
}
