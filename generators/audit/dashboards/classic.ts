import type { DashboardVariable, Item } from '../verdict.ts'
import { at, type Json, listOf, membersOf, stringOf } from './json.ts'
import { lineFinder } from './lines.ts'
import { type Around, closedQuery, queryOf, sourceType, targetsOf, variableQuery } from './queries.ts'

/** Library panels by their ids. */
export type Library = ReadonlyMap<string, Json>

/** All queries of a dashboard in the classic schema. */
export function classicItems(dashboard: Json, text: string, file: string, library: Library): readonly Item[] {
  const own = new Map([...library, ...elementsOf(at(dashboard, '__elements'))])
  const around: Around = { ...variablesOf(listOf(at(dashboard, 'templating', 'list'))), lineOf: lineFinder(text) }
  const panels = [
    ...listOf(at(dashboard, 'panels')),
    ...listOf(at(dashboard, 'rows')).flatMap((row) => listOf(at(row, 'panels'))),
  ].flatMap(withNested)
  const item = (kind: Item['kind'], name: string, queries: Item['queries']): readonly Item[] =>
    queries.length === 0 ? [] : [{ kind, name, file, line: queries[0]?.line ?? null, queries, labels: new Map() }]
  return [
    ...listOf(at(dashboard, 'annotations', 'list')).flatMap((one) => {
      const expr = at(one, 'expr') ?? at(one, 'target', 'expr')
      return item(
        'annotation',
        stringOf(at(one, 'name')) ?? '',
        queryOf(expr, '', sourceType(at(one, 'datasource'), around), around),
      )
    }),
    ...listOf(at(dashboard, 'templating', 'list')).flatMap((one) => {
      const asked = stringOf(at(one, 'query')) ?? stringOf(at(one, 'query', 'query')) ?? stringOf(at(one, 'definition'))
      const type = sourceType(at(one, 'datasource'), around)
      if (stringOf(at(one, 'type')) !== 'query' || asked === null || (type !== null && !/prometheus/.test(type)))
        return []
      return item('variable', stringOf(at(one, 'name')) ?? '', variableQuery(asked, around))
    }),
    ...panels.flatMap((panel) => {
      const shared = stringOf(at(panel, 'libraryPanel', 'uid'))
      const title = stringOf(at(panel, 'title')) ?? stringOf(at(panel, 'libraryPanel', 'name')) ?? ''
      const model = shared === null || listOf(at(panel, 'targets')).length > 0 ? panel : own.get(shared)
      if (model === undefined) return item('panel', title, [closedQuery(notThere)])
      return item('panel', title || (stringOf(at(model, 'title')) ?? ''), targetsOf(model, around))
    }),
  ]
}

export const notThere = 'its library panel is in none of these files'

/** A panel and, if it is a collapsed row, the panels in it. */
const withNested = (panel: Json): readonly Json[] => [panel, ...listOf(at(panel, 'panels')).flatMap(withNested)]

/** Library panels as in an export for sharing: by id, or in a list. */
export const elementsOf = (elements: Json | undefined): readonly (readonly [string, Json])[] =>
  membersOf(elements).flatMap(([key, one]): readonly (readonly [string, Json])[] => {
    const model = at(one, 'model')
    return model === undefined ? [] : [[stringOf(at(one, 'uid')) ?? key, model]]
  })

function variablesOf(list: readonly Json[]): Pick<Around, 'variables' | 'sources'> {
  const variables = new Map<string, DashboardVariable>()
  const sources = new Map<string, string>()
  for (const one of list) {
    const name = stringOf(at(one, 'name'))
    if (name === null) continue
    variables.set(name, { name, current: currentOf(at(one, 'current', 'value')) })
    const query = stringOf(at(one, 'query'))
    if (stringOf(at(one, 'type')) === 'datasource' && query !== null) sources.set(name, query)
  }
  return { variables, sources }
}

/** The one value of a variable; null if there are none or several. */
export function currentOf(value: Json | undefined): string | null {
  const only = Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value
  const text = typeof only === 'string' ? only : null
  return text === null || text === '' || text.startsWith('$') ? null : text
}
