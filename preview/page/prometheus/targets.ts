import type { DataFrame } from '@grafana/data'
import type { AnswerRemark } from '../ask-proxy.ts'
import type { TargetJson } from '../dashboard.ts'
import { askStore, isLogTarget } from '../logs/ask-store.ts'
import { fillLineQuery } from '../logs/fill-line-query.ts'
import { type Choices, fill, throwMissing, unfilledVariables } from './fill.ts'
import { framesOf } from './frames.ts'
import { fetchSeries } from './query-api.ts'
import { logTimeVariables, type QueryRange, stepOf, throwReversed, timeVariables } from './step.ts'

/** The results of a panel's targets: the frames of those that succeeded, and a message for each that failed. */
interface TargetResults {
  readonly frames: readonly DataFrame[]
  readonly errors: readonly { readonly refId: string; readonly message: string }[]
  /** What the servers say about the answers, also those without series. */
  readonly remarks: readonly AnswerRemark[]
}

/** The variables of a dashboard: all that it declares, and what is selected at its top. */
interface Selections extends Choices {
  readonly declared: readonly string[]
}

/** The range of all queries of a panel; `shortest` is the scrape interval of the data source. */
type PanelSpan = Omit<QueryRange, 'scrape'> & {
  /** The minimum step of the panel, if it sets one. */
  readonly panelStep?: string | undefined
}

/** Queries all targets of a panel. */
export async function askTargets(
  targets: readonly TargetJson[],
  selections: Selections,
  span: PanelSpan,
): Promise<TargetResults> {
  const shown = targets.filter(({ hide }) => hide !== true)
  const given = await Promise.allSettled(
    shown.map((target) => askTarget(target, selections, spanOf(target, selections, span), shown.length > 1)),
  )
  return {
    frames: given.flatMap((one) => (one.status === 'fulfilled' ? one.value.frames : [])),
    remarks: given.flatMap((one) => (one.status === 'fulfilled' ? one.value.remarks : [])),
    errors: given.flatMap((one, i) =>
      one.status === 'rejected' ? [{ refId: shown[i]?.refId ?? '', message: (one.reason as Error).message }] : [],
    ),
  }
}

/** As in Grafana, a query's own minimum step stands for the scrape interval, too; a panel's does not. */
function spanOf(
  { interval = '' }: TargetJson,
  { values }: Selections,
  { panelStep = '', ...span }: PanelSpan,
): QueryRange {
  const own = fill(interval, values)
  if (own !== '') return { ...span, shortest: own }
  return { ...span, shortest: fill(panelStep, values) || span.shortest, scrape: span.shortest }
}

async function askTarget(
  target: TargetJson,
  { declared, ...choices }: Selections,
  span: QueryRange,
  several: boolean,
): Promise<Omit<TargetResults, 'errors'>> {
  throwReversed(span)
  const inLog = isLogTarget(target)
  const times = inLog ? logTimeVariables(span) : timeVariables(span)
  const values = new Map([...choices.values, ...times])
  const text = target.expr ?? ''
  throwMissing(text, { values, missing: choices.missing })
  const left = unfilledVariables(text, values, declared)
  if (left.length > 0) throw new Error(`No value is selected for ${left.join(', ')}, so the query cannot run.`)
  // The value of a variable may be one of these.
  const expr = fill(inLog ? fillLineQuery(text, choices.selected) : fill(text, values), times)
  if (inLog) return askStore(target, expr, span)
  const step = stepOf(span)
  const aligned = (at: number) => (Math.floor(at / step) * step) / 1000
  const shape = { target, step, several, limit: span.limit }
  const { instant = false, range = !instant } = target
  const answers = await Promise.all([
    ...(range ? [fetchSeries(expr, { from: aligned(span.from), to: aligned(span.to), step: step / 1000 })] : []),
    ...(instant ? [fetchSeries(expr, { at: span.to / 1000 })] : []),
  ])
  return {
    frames: answers.flatMap((answer) => framesOf(answer, shape)),
    remarks: answers.flatMap(({ remarks }) => remarks),
  }
}
