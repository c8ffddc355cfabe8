import { type DashboardQuery, pathOf, queriesOf } from './dashboard-queries.ts'
import { chosenOf } from './dashboard-variables.ts'
import type { DashboardRange } from './grafana-interval.ts'

/** What a query of a panel shows now. */
interface QueryState {
  readonly dashboard: string
  readonly panel: string
  readonly refId: string
  readonly state: 'ok' | 'empty' | 'error'
  /** The expression, and what was wrong with it. */
  readonly detail: string
  readonly emptyMeans: string | null
}

interface Result {
  readonly status: string
  readonly error?: string
  readonly data?: {
    readonly result: readonly {
      readonly value?: readonly [number, string]
      readonly values?: readonly (readonly [number, string])[]
    }[]
  }
}

/** Opens a dashboard's JSON as Grafana would: queries its variables, interpolates them, and runs every query. */
export async function shownBy(
  url: string,
  json: unknown,
  range: DashboardRange,
): Promise<{ readonly shown: readonly QueryState[]; readonly emptyVariables: readonly string[] }> {
  const { choices, empty } = await chosenOf(json, range, async (match, label) => {
    const response = await fetch(`${url}/api/v1/label/${label}/values?${new URLSearchParams({ 'match[]': match })}`)
    return ((await response.json()) as { data: string[] }).data
  })
  const shown: QueryState[] = []
  for (const query of queriesOf(json, choices)) shown.push(await oneShown(url, query))
  return { shown, emptyVariables: empty }
}

async function oneShown(url: string, query: DashboardQuery): Promise<QueryState> {
  const response = await fetch(`${url}${pathOf(query)}`)
  const answer = (await response.json()) as Result
  const samples = (answer.data?.result ?? []).flatMap((one) => [
    ...(one.value === undefined ? [] : [one.value]),
    ...(one.values ?? []),
  ])
  const numbers = samples.filter(([, value]) => value !== 'NaN')
  const wrong =
    answer.status !== 'success'
      ? (answer.error ?? 'failed')
      : query.unfilled.length > 0
        ? `nothing fills ${query.unfilled.join(', ')}`
        : null
  return {
    dashboard: query.dashboard,
    panel: query.panel.title,
    refId: query.refId,
    state: wrong !== null ? 'error' : numbers.length > 0 ? 'ok' : 'empty',
    detail: wrong === null ? query.expr : `${query.expr}: ${wrong}`,
    emptyMeans: query.emptyMeans,
  }
}
