import { type DataQueryRequest, LoadingState, type PanelData } from '@grafana/data'
import type { setRunRequest } from '@grafana/runtime'
import type { SceneObject } from '@grafana/scenes'
import { delay, from, lastValueFrom, map, merge, of, takeUntil } from 'rxjs'
import type { AnswerRemark } from '../ask-proxy.ts'
import { choicesFor, type RemarkedResponse, sceneObjectIn } from '../prometheus/source.ts'

type RunRequest = Parameters<typeof setRunRequest>[0]

/** A query that takes longer than this many milliseconds shows a loading indicator. */
const quick = 500

/** The last data of a panel, and what is wrong since. */
interface Known {
  readonly question: string
  readonly series: PanelData['series']
  /** When the series were answered, in Unix milliseconds; undefined if they never were. */
  readonly answered?: number
  readonly errors: NonNullable<PanelData['errors']>
  readonly remarks: readonly AnswerRemark[]
}

/** A request that carries what is known about its answer: transformations leave it as it is. */
interface AnsweredRequest extends DataQueryRequest {
  readonly remarks?: readonly AnswerRemark[]
}

/** What the servers say about the data of a panel, as Grafana shows it behind an icon. */
export const remarksOf = ({ request }: PanelData): readonly AnswerRemark[] =>
  (request as AnsweredRequest | undefined)?.remarks ?? []

/**
 * Runs the queries of panels. A refresh that comes before the answer waits for that answer instead of asking again,
 * so that each question ends in data or in an error. If it fails, the data before it stays, with its age in
 * `request.endTime`.
 */
export function askWithMemory(): RunRequest {
  const known = new WeakMap<object, Known>()
  const pending = new WeakMap<object, { readonly question: string; readonly answer: Promise<Known> }>()
  return (datasource, request) => {
    const panel = sceneObjectIn(request.scopedVars)
    const asker: object = panel ?? request
    const question = questionOf(request, panel)
    const last = known.get(asker)
    // Data of another selection is not the data before this one.
    const before = last?.question === question ? last : { question, series: [], errors: [], remarks: [] }

    const begin = async (): Promise<Known> => {
      try {
        // The only data source of the page.
        const response = (await lastValueFrom(from(datasource.query(request)))) as RemarkedResponse
        const { data, errors = [], remarks } = response
        if (errors.length > 0) return { ...before, errors }
        return { question, series: data, answered: Date.now(), errors, remarks }
      } catch (error) {
        return { ...before, errors: [{ message: (error as Error).message }] }
      }
    }
    const asked = pending.get(asker)
    const answer = asked?.question === question ? asked.answer : begin()
    if (answer !== asked?.answer) {
      pending.set(asker, { question, answer })
      answer.then((result) => {
        if (pending.get(asker)?.answer !== answer) return
        pending.delete(asker)
        known.set(asker, result)
      })
    }
    const answered = from(answer).pipe(map((result) => panelData(request, result, LoadingState.Done)))
    return merge(answered, of(panelData(request, before, LoadingState.Loading)).pipe(delay(quick), takeUntil(answered)))
  }
}

/** What is asked, whatever the time: two refreshes of a panel ask the same. */
function questionOf({ targets, rangeRaw, maxDataPoints }: DataQueryRequest, panel: SceneObject | null): string {
  const { values, selected, missing } = choicesFor(panel)
  return JSON.stringify([targets, rangeRaw, maxDataPoints, ...values, ...selected, ...missing])
}

function panelData(
  request: DataQueryRequest,
  { series, answered, errors, remarks }: Known,
  state: LoadingState,
): PanelData {
  const [error] = errors
  const asked: AnsweredRequest = { ...request, ...(answered === undefined ? {} : { endTime: answered }), remarks }
  return {
    state: error !== undefined && state === LoadingState.Done ? LoadingState.Error : state,
    timeRange: request.range,
    request: asked,
    series,
    errors,
    ...(error === undefined ? {} : { error }),
  }
}
