import { type AnswerRemark, type AskedServer, askProxy } from '../ask-proxy.ts'
import { createTurns } from './asking.ts'

export type SeriesLabels = Readonly<Record<string, string>>
type Point = readonly [seconds: number, value: string]

/** A series as Prometheus returns it: `value` at one time or `values` over a range. */
export interface TimeSeries {
  readonly metric: SeriesLabels
  readonly values: readonly Point[]
}

/** The result of a query, and what Prometheus says about it. */
export interface SeriesAnswer {
  readonly series: readonly TimeSeries[]
  readonly remarks: readonly AnswerRemark[]
}

/** What a query yields, in the format of Prometheus. */
export type AnswerData =
  | { readonly resultType: 'matrix'; readonly result: readonly TimeSeries[] }
  | {
      readonly resultType: 'vector'
      readonly result: readonly { readonly metric: SeriesLabels; readonly value: Point }[]
    }
  | { readonly resultType: 'scalar' | 'string'; readonly result: Point }

/** With the two of the store of log lines, one less than a browser opens to a server: the dashboards' files are answered while both are silent. */
const prometheus: AskedServer = { name: 'Prometheus', inTurn: createTurns(3) }

/** Queries Prometheus through the preview's proxy; throws a readable error if that fails. */
export const queryApi = async <T>(path: string, parameters: SeriesLabels): Promise<T> =>
  (await answered<T>(path, parameters)).data

const answered = <T>(path: string, parameters: SeriesLabels) =>
  askProxy<T>(prometheus, `/prometheus/api/v1/${path}`, parameters)

/** The series of a query at one time, or over a range with a step; all in Unix seconds. */
export async function fetchSeries(
  query: string,
  when: { readonly at: number } | { readonly from: number; readonly to: number; readonly step: number },
): Promise<SeriesAnswer> {
  const { data, remarks } =
    'at' in when
      ? await answered<AnswerData>('query', { query, time: String(when.at) })
      : await answered<AnswerData>('query_range', {
          query,
          start: String(when.from),
          end: String(when.to),
          step: String(when.step),
        })
  return { series: seriesIn(data), remarks }
}

/** The series that a query yields. */
export function seriesIn(found: AnswerData): readonly TimeSeries[] {
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
