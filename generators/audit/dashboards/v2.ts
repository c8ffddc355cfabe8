import type { DashboardVariable, Item } from '../verdict.ts'
import { currentOf, type Library, notThere } from './classic.ts'
import { at, type Json, listOf, membersOf, stringOf } from './json.ts'
import { lineFinder } from './lines.ts'
import { type Around, closedQuery, queryOf, targetsOf, variableQuery } from './queries.ts'

/** All queries of a dashboard in schema v2; `spec` is its `spec`. */
export function v2Items(spec: Json, text: string, file: string, library: Library): readonly Item[] {
  const around: Around = { ...variablesOf(listOf(at(spec, 'variables'))), lineOf: lineFinder(text) }
  const item = (kind: Item['kind'], name: string, queries: Item['queries']): readonly Item[] =>
    queries.length === 0 ? [] : [{ kind, name, file, line: queries[0]?.line ?? null, queries, labels: new Map() }]
  return [
    ...listOf(at(spec, 'annotations')).flatMap((one) => {
      const query = at(one, 'spec', 'query')
      return item(
        'annotation',
        stringOf(at(one, 'spec', 'name')) ?? '',
        queryOf(at(query, 'spec', 'expr'), '', typeOf(query), around),
      )
    }),
    ...listOf(at(spec, 'variables')).flatMap((one) => {
      const query = at(one, 'spec', 'query')
      const asked =
        stringOf(query) ?? stringOf(at(query, 'spec', 'query')) ?? stringOf(at(query, 'spec', '__legacyStringValue'))
      const type = typeOf(query)
      if (
        stringOf(at(one, 'kind')) !== 'QueryVariable' ||
        asked === null ||
        (type !== null && !/prometheus/.test(type))
      )
        return []
      return item('variable', stringOf(at(one, 'spec', 'name')) ?? '', variableQuery(asked, around))
    }),
    ...membersOf(at(spec, 'elements')).flatMap(([key, element]) => {
      const title = stringOf(at(element, 'spec', 'title')) ?? key
      if (stringOf(at(element, 'kind')) === 'LibraryPanel') {
        const uid = stringOf(at(element, 'spec', 'libraryPanel', 'uid')) ?? ''
        const model = library.get(uid)
        return item('panel', title, model === undefined ? [closedQuery(notThere)] : targetsOf(model, around))
      }
      const queries = listOf(at(element, 'spec', 'data', 'spec', 'queries')).flatMap((one) => {
        const query = at(one, 'spec', 'query')
        return queryOf(at(query, 'spec', 'expr'), stringOf(at(one, 'spec', 'refId')), typeOf(query), around)
      })
      return item('panel', title, queries)
    }),
  ]
}

/** `group` since the schema became stable; before that, the kind itself. */
function typeOf(query: Json | undefined): string | null {
  const kind = stringOf(at(query, 'kind'))
  return stringOf(at(query, 'group')) ?? (kind === 'DataQuery' ? null : kind)
}

function variablesOf(list: readonly Json[]): Pick<Around, 'variables' | 'sources'> {
  const variables = new Map<string, DashboardVariable>()
  const sources = new Map<string, string>()
  for (const one of list) {
    const name = stringOf(at(one, 'spec', 'name'))
    if (name === null) continue
    variables.set(name, { name, current: currentOf(at(one, 'spec', 'current', 'value')) })
    const type = stringOf(at(one, 'spec', 'pluginId'))
    if (stringOf(at(one, 'kind')) === 'DatasourceVariable' && type !== null) sources.set(name, type)
  }
  return { variables, sources }
}
