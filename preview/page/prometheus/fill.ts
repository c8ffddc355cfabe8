import type { VariableJson } from '../dashboard.ts'
import type { Selection } from '../logs/fill-line-query.ts'

/** The selected values of a variable; `$__all` means all. */
type Chosen = string | readonly string[]

export const allOption = '$__all'

const reference = /\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\]/g

/** A text with every variable that has a value replaced by it. */
export const fill = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(reference, (whole, a, b, c) => values.get(a ?? b ?? c) ?? whole)

/** The words of a text that may be variables: a `$` may also be text. */
export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(reference)].map(([, a, b, c]) => a ?? b ?? c ?? '')

/** What is selected at the top of a dashboard: as PromQL, or the sentence that says why a variable has no value. */
export interface Choices {
  readonly values: ReadonlyMap<string, string>
  /** The same for queries of log lines. */
  readonly selected: ReadonlyMap<string, Selection>
  readonly missing: ReadonlyMap<string, string>
}

/** A query with every variable replaced by its value; throws a sentence if one of them has none. */
export function fillQuery(text: string, { values, missing }: Pick<Choices, 'values' | 'missing'>): string {
  throwMissing(text, { values, missing })
  return fill(text, values)
}

/** Throws a sentence if a variable of a text has no value. */
export function throwMissing(text: string, { values, missing }: Pick<Choices, 'values' | 'missing'>): void {
  for (const name of namesIn(text)) {
    const why = missing.get(name)
    if (why !== undefined && !values.has(name)) throw new Error(why)
  }
}

/** What Grafana fills in without a declaration, in a query of Prometheus or elsewhere; other words may begin with `__`, too. */
const grafanasOwn: readonly string[] = [
  '__all_variables',
  '__auto_interval',
  '__cell',
  '__dashboard',
  '__data',
  '__field',
  '__from',
  '__interval',
  '__interval_ms',
  '__name',
  '__namespace',
  '__org',
  '__range',
  '__range_ms',
  '__range_s',
  '__rate_interval',
  '__rate_interval_ms',
  '__searchFilter',
  '__series',
  '__timeFilter',
  '__timezone',
  '__to',
  '__url',
  '__url_time_range',
  '__user',
  '__value',
]

/** The variables of a text that have no value: those that the dashboard declares, and Grafana's own; other words after a `$` are text. */
export const unfilledVariables = (
  text: string,
  values: ReadonlyMap<string, string>,
  declared: readonly string[],
): readonly string[] => [
  ...new Set(
    [...text.matchAll(reference)].flatMap(([whole, a, b, c]) => {
      const name = a ?? b ?? c ?? ''
      return !values.has(name) && (declared.includes(name) || grafanasOwn.includes(name)) ? [whole] : []
    }),
  ),
]

/** A selection in PromQL: a single value as it is, several values as a regular expression. */
export function chosenText(
  { multi, includeAll, allValue }: VariableJson,
  chosen: Chosen,
  options: readonly string[],
): string {
  const several = typeof chosen === 'string' ? [chosen] : chosen
  const isAll = several.includes(allOption)
  if (isAll && allValue) return allValue
  const values = isAll ? options : several
  if (!multi && !includeAll) return quoted(values[0] ?? '')
  const escaped = values.map(pattern)
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`
}

/** A value that is text in a query, such as a constant or an interval. */
export const textValue = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll("'", "\\\\'")

/** Inside a PromQL string a backslash is doubled. */
const quoted = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
const pattern = (value: string) => quoted(value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))

/** The series and label of `label_values(series, label)`, or null for any other query. */
export function labelQuery({ query }: VariableJson): { readonly match: string; readonly label: string } | null {
  const text = typeof query === 'string' ? query : (query?.query ?? '')
  const found = /^label_values\((?:(.+),\s*)?(\w+)\)$/.exec(text.trim())
  return found === null ? null : { match: found[1] ?? '', label: found[2] ?? '' }
}
