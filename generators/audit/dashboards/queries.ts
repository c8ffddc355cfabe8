import type { DashboardVariable, ItemQuery } from '../verdict.ts'
import { at, type Json, listOf, stringOf } from './json.ts'

/** What a dashboard defines outside its panels. */
export interface Around {
  readonly variables: ReadonlyMap<string, DashboardVariable>
  /** Its data source variables, each with its type. */
  readonly sources: ReadonlyMap<string, string>
  readonly lineOf: (text: string) => number | null
}

/** The type of the data source that a reference names, such as `prometheus`; null if unknown. */
export function sourceType(given: Json | undefined, { sources }: Around): string | null {
  const named = stringOf(given) ?? stringOf(at(given, 'uid')) ?? stringOf(at(given, 'name'))
  const variable = named === null ? null : /^\$\{?(\w+)/.exec(named)?.[1]
  const type = stringOf(at(given, 'type'))
  const chosen = variable == null ? undefined : sources.get(variable)
  if (type !== null && !type.startsWith('$')) return type
  return chosen ?? (named !== null && /loki/i.test(named) ? 'loki' : null)
}

/** Types whose queries are PromQL; without a type it may be one. */
const asksPrometheus = (type: string | null): boolean =>
  type === null || /^(?:prometheus|mixed|datasource)$/.test(type) || /prometheus/.test(type)

/** The queries of a classic panel's targets. */
export function targetsOf(panel: Json, around: Around): readonly ItemQuery[] {
  const panelType = sourceType(at(panel, 'datasource'), around)
  return listOf(at(panel, 'targets')).flatMap((target) => {
    const type = sourceType(at(target, 'datasource'), around) ?? panelType
    return queryOf(at(target, 'expr'), stringOf(at(target, 'refId')), type, around)
  })
}

/** A panel's query, in either schema; none if it queries something else. */
export function queryOf(
  expr: Json | undefined,
  ref: string | null,
  type: string | null,
  around: Around,
): readonly ItemQuery[] {
  const text = stringOf(expr)
  if (text === null || text.trim() === '' || !asksPrometheus(type)) return []
  return [made(text, ref ?? '', around)]
}

const made = (expr: string, ref: string, { variables, lineOf }: Around, label: string | null = null): ItemQuery => ({
  ref,
  expr: expr.trim(),
  line: lineOf(expr),
  label,
  closed: null,
  variables,
  notes: [],
  decides: true,
})

/** The query of a variable: `label_values(metric, label)`, `query_result(expression)` or `metrics(regex)`. */
export function variableQuery(text: string, around: Around): readonly ItemQuery[] {
  const line = around.lineOf(text)
  const values = /^\s*label_values\(\s*(.*?)\s*\)\s*$/s.exec(text)?.[1]
  if (values !== undefined) {
    const two = /^(.*),\s*([a-zA-Z_]\w*|\$\w+)$/s.exec(values)
    if (two === null) return []
    const [, expr = '', label = ''] = two
    return [{ ...made(expr, '', around, label.startsWith('$') ? null : label), line }]
  }
  const result = /^\s*query_result\(\s*(.*)\s*\)\s*$/s.exec(text)?.[1]
  if (result !== undefined) return [{ ...made(result, '', around), line }]
  const names = /^\s*metrics\(\s*(.*?)\s*\)\s*$/s.exec(text)?.[1]
  if (names === undefined || names === '') return []
  return [{ ...made(`{__name__=~${JSON.stringify(`.*(?:${names}).*`)}}`, '', around), line }]
}

export const closedQuery = (why: string): ItemQuery => ({
  ref: '',
  expr: '',
  line: null,
  label: null,
  closed: { verdict: 'cannot-tell', part: '', why },
  variables: null,
  notes: [],
  decides: true,
})
