import { fetchFromServer } from '../fetch-from-server.ts'
import { createTurns, silence } from './asking.ts'

export type SeriesLabels = Readonly<Record<string, string>>
type Point = readonly [seconds: number, value: string]

/** A series as Prometheus returns it: `value` at one time or `values` over a range. */
export interface TimeSeries {
  readonly metric: SeriesLabels
  readonly values: readonly Point[]
}

interface Answer<T> {
  readonly status: string
  readonly data?: T
  readonly error?: string
  readonly warnings?: readonly string[]
  readonly infos?: readonly string[]
}

/** What Prometheus says about an answer; a warning may mean that a part of it is missing. */
export interface AnswerRemark {
  readonly severity: 'warning' | 'info'
  readonly text: string
}

/** The result of a query, and what Prometheus says about it. */
export interface SeriesAnswer {
  readonly series: readonly TimeSeries[]
  readonly remarks: readonly AnswerRemark[]
}

type Result =
  | { readonly resultType: 'matrix'; readonly result: readonly TimeSeries[] }
  | {
      readonly resultType: 'vector'
      readonly result: readonly { readonly metric: SeriesLabels; readonly value: Point }[]
    }
  | { readonly resultType: 'scalar' | 'string'; readonly result: Point }

/** One less than a browser opens to a server: the dashboards' files are answered while Prometheus is not. */
const inTurn = createTurns(5)

/** Queries Prometheus through the preview's proxy; throws a readable error if that fails. */
export const queryApi = async <T>(path: string, parameters: SeriesLabels): Promise<T> =>
  (await answered<T>(path, parameters)).data

async function answered<T>(path: string, parameters: SeriesLabels) {
  const answer = await inTurn(async () => {
    const response = await fetchFromServer(`/prometheus/api/v1/${path}?${new URLSearchParams(parameters)}`)
    const read = await bodyOf<T>(response)
    if (response.status === 504) throw silence(read.error ?? 'no answer')
    return read
  })
  const { status, data, error, warnings = [], infos = [] } = answer
  if (status !== 'success' || data === undefined) throw new Error(error ?? 'no answer')
  const remarks: readonly AnswerRemark[] = [
    ...warnings.map((text) => ({ severity: 'warning' as const, text })),
    ...infos.map((text) => ({ severity: 'info' as const, text })),
  ]
  return { data, remarks }
}

/** The answer in a response; what ends before its end is as silent as what never begins. */
async function bodyOf<T>(response: Response): Promise<Answer<T>> {
  try {
    return (await response.json()) as Answer<T>
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 'error', error: response.statusText }
    throw silence(
      response.status === 504 ? 'Prometheus did not answer in time.' : 'The answer of Prometheus did not end in time.',
    )
  }
}

/** The series of a query at one time, or over a range with a step; all in Unix seconds. */
export async function fetchSeries(
  query: string,
  when: { readonly at: number } | { readonly from: number; readonly to: number; readonly step: number },
): Promise<SeriesAnswer> {
  const { data, remarks } =
    'at' in when
      ? await answered<Result>('query', { query, time: String(when.at) })
      : await answered<Result>('query_range', {
          query,
          start: String(when.from),
          end: String(when.to),
          step: String(when.step),
        })
  return { series: seriesIn(data), remarks }
}

function seriesIn(found: Result): readonly TimeSeries[] {
  if (found.result.some((one) => typeof one === 'object' && ('histogram' in one || 'histograms' in one)))
    throw new Error('The query yields native histograms, which the preview does not draw.')
  switch (found.resultType) {
    case 'matrix':
      return found.result
    case 'vector':
      return found.result.map(({ metric, value }) => ({ metric, values: [value] }))
    case 'scalar':
    case 'string':
      return [{ metric: {}, values: [found.result] }]
  }
}

/** The warnings among remarks, each once. */
export const warningsIn = (remarks: readonly AnswerRemark[]): readonly string[] => [
  ...new Set(remarks.flatMap(({ severity, text }) => (severity === 'warning' ? [text] : []))),
]

/** Those of the names that have series in a time range, in Unix seconds. */
export async function fetchNames(
  names: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly string[]> {
  const match = `{__name__=~"${names.join('|')}"}`
  return queryApi<readonly string[]>('label/__name__/values', {
    'match[]': match,
    start: String(from),
    end: String(to),
  })
}

/** The values of a label across the matching series, sorted; `match` may be empty. */
export async function fetchLabelValues(label: string, match: string): Promise<readonly string[]> {
  const values = await queryApi<readonly string[]>(`label/${label}/values`, match === '' ? {} : { 'match[]': match })
  return [...values].sort()
}
