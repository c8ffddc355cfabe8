import type { DataFrame } from '@grafana/data'
import type { TargetJson } from '../dashboard.ts'
import { fill, unfilledVariables } from './fill.ts'
import { framesOf } from './frames.ts'
import { fetchSeries } from './query-api.ts'
import { type QueryRange, stepOf, timeVariables } from './step.ts'

/** The results of a panel's targets: the frames of those that succeeded, and a message for each that failed. */
interface TargetResults {
  readonly frames: readonly DataFrame[]
  readonly errors: readonly { readonly refId: string; readonly message: string }[]
}

/** The variables of a dashboard: all that it declares, and the values of those that are selected at its top. */
interface Selections {
  readonly declared: readonly string[]
  readonly values: ReadonlyMap<string, string>
}

/** Queries all targets of a panel. */
export async function askTargets(
  targets: readonly TargetJson[],
  selections: Selections,
  span: QueryRange,
): Promise<TargetResults> {
  const shown = targets.filter(({ hide }) => hide !== true)
  const given = await Promise.allSettled(
    shown.map((target) =>
      askTarget(target, selections, { ...span, shortest: target.interval || span.shortest }, shown.length > 1),
    ),
  )
  return {
    frames: given.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])),
    errors: given.flatMap((one, i) =>
      one.status === 'rejected' ? [{ refId: shown[i]?.refId ?? '', message: (one.reason as Error).message }] : [],
    ),
  }
}

async function askTarget(
  target: TargetJson,
  { declared, values }: Selections,
  span: QueryRange,
  several: boolean,
): Promise<DataFrame[]> {
  if (target.datasource?.type !== undefined && target.datasource.type !== 'prometheus')
    throw new Error(`The preview has no data source of type ${target.datasource.type}.`)
  const filled = new Map([...values, ...timeVariables(span)])
  const left = unfilledVariables(target.expr ?? '', filled, declared)
  if (left.length > 0) throw new Error(`No value is selected for ${left.join(', ')}, so the query cannot run.`)
  const expr = fill(target.expr ?? '', filled)
  const step = stepOf(span)
  const aligned = (at: number) => (Math.floor(at / step) * step) / 1000
  const found = await fetchSeries(
    expr,
    target.instant === true
      ? { at: span.to / 1000 }
      : { from: aligned(span.from), to: aligned(span.to), step: step / 1000 },
  )
  return framesOf(found, { target, step, several, limit: span.limit })
}
