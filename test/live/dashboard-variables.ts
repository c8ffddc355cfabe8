import { z } from 'zod'
import { durationText } from '../../definitions/language/duration.ts'
import type { DashboardRange } from './grafana-interval.ts'

/** The values of a dashboard's variables, and the time range shown. */
export interface VariableChoices extends DashboardRange {
  /** By variable; several values of a multi-choice one; `$__all` for all. */
  readonly values: Readonly<Record<string, string | readonly string[]>>
}

export interface VariableModel {
  readonly name: string
  readonly multi: boolean
  readonly includeAll: boolean
  readonly allValue?: string | undefined
}

/** A variable that queries the data source for the values of a label. */
interface VariableQuery extends VariableModel {
  /** The series selector, with variables not yet interpolated. */
  readonly match: string
  readonly label: string
}

const allChoice = '$__all'

const written = z.looseObject({
  templating: z.looseObject({
    list: z.array(
      z.looseObject({
        type: z.string(),
        name: z.string(),
        multi: z.boolean().default(false),
        includeAll: z.boolean().default(false),
        allValue: z.string().optional(),
        refresh: z.number().optional(),
        query: z.looseObject({ query: z.string() }),
      }),
    ),
  }),
})

/** The query variables of a dashboard's JSON, in order: a later one may use earlier ones. */
export const variableQueriesOf = (json: unknown): readonly VariableQuery[] =>
  written
    .parse(json)
    .templating.list.filter(({ type }) => type === 'query')
    .map(({ name, multi, includeAll, allValue, refresh, query }) => {
      if (refresh !== 1 && refresh !== 2)
        throw new Error(`variable ${name}: refresh is ${refresh}, so it is never queried`)
      const found = /^label_values\((?:(.+),\s*)?(\w+)\)$/.exec(query.query)
      if (found === null) throw new Error(`variable ${name}: '${query.query}' is not label_values(series, label)`)
      return { name, multi, includeAll, allValue, match: found[1] ?? '', label: found[2] as string }
    })

/** Queries each variable's values in order and picks them as Grafana does when a dashboard is opened, unless `wanted` says otherwise. */
export async function chosenOf(
  json: unknown,
  range: DashboardRange,
  ask: (match: string, label: string) => Promise<readonly string[]>,
  wanted: VariableChoices['values'] = {},
): Promise<{ readonly choices: VariableChoices; readonly empty: readonly string[] }> {
  const queries = variableQueriesOf(json)
  const empty: string[] = []
  let choices: VariableChoices = { ...range, values: {} }
  for (const query of queries) {
    const { text, unfilled } = fillVariables(query.match, queries, choices)
    if (unfilled.length > 0) throw new Error(`variable ${query.name}: nothing fills ${unfilled.join(', ')}`)
    const values = [...(await ask(text, query.label))].sort()
    if (values.length === 0) empty.push(query.name)
    const value = wanted[query.name] ?? (query.includeAll ? allChoice : (values[0] ?? ''))
    choices = { ...choices, values: { ...choices.values, [query.name]: value } }
  }
  return { choices, empty }
}

/** A text with its variables interpolated as in Grafana's Prometheus data source; steps in milliseconds. */
export function fillVariables(
  text: string,
  variables: readonly VariableModel[],
  choices: VariableChoices,
  steps?: { readonly step: number; readonly rate: number },
): { readonly text: string; readonly unfilled: readonly string[] } {
  const unfilled: string[] = []
  const known = new Map([...builtIn(choices, steps), ...variables.flatMap((v) => chosenText(v, choices))])
  const made = text.replace(/\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)(?::\w+)?\]\]/g, (whole, a, b, c) => {
    const value = known.get(a ?? b ?? c)
    if (value === undefined) unfilled.push(a ?? b ?? c)
    return value ?? whole
  })
  return { text: made, unfilled }
}

function builtIn(
  { from, to }: VariableChoices,
  steps?: { readonly step: number; readonly rate: number },
): [string, string][] {
  const range: [string, string][] = [
    ['__from', String(from * 1000)],
    ['__to', String(to * 1000)],
    ['__range', `${Math.ceil(to - from)}s`],
    ['__range_s', String(Math.ceil(to - from))],
    ['__range_ms', String((to - from) * 1000)],
  ]
  if (steps === undefined) return range
  return [
    ...range,
    ['__interval', durationText(steps.step)],
    ['__interval_ms', String(steps.step)],
    ['__rate_interval', durationText(steps.rate)],
    ['__rate_interval_ms', String(steps.rate)],
  ]
}

/** The text of a variable's value; none if nothing was chosen. */
function chosenText(
  { name, multi, includeAll, allValue }: VariableModel,
  { values }: VariableChoices,
): [string, string][] {
  const value = values[name]
  if (value === undefined) return []
  const several = typeof value === 'string' ? [value] : value
  if (several.includes(allChoice)) return allValue === undefined ? [] : [[name, allValue]]
  if (!multi && !includeAll) return [[name, literal(several[0] ?? '')]]
  const escaped = several.map(regex)
  return [[name, escaped.length === 1 ? (escaped[0] as string) : `(${escaped.join('|')})`]]
}

const literal = (value: string) => value.replaceAll('\\', '\\\\')
/** Escaped twice: for the regular expression, and for the PromQL string. */
const regex = (value: string) => value.replaceAll('\\', '\\\\\\\\').replace(/[$^*{}[\]+?.()|]/g, '\\\\$&')
