import { type DataFrame, FieldType, rangeUtil, toDataFrame } from '@grafana/data'
import type { AnswerRemark } from '../ask-proxy.ts'
import type { TargetJson } from '../dashboard.ts'
import { leftOutMeta } from '../panels/drawn-part.ts'
import { mostRows } from '../panels/limits.ts'
import { framesOf } from '../prometheus/frames.ts'
import { type QueryRange, stepOf } from '../prometheus/step.ts'
import { distinctLines, type LineFields } from './lines.ts'
import { fetchFigures, fetchLines } from './logs-api.ts'

/** A query of the store of a bot's log lines. */
type LogTarget = TargetJson & { readonly store: string }

export const isLogTarget = (target: TargetJson): target is LogTarget => target.store !== undefined

/** The answer to one query: lines or figures, in the frames that Grafana's plugin for VictoriaLogs makes of them. */
export async function askStore(
  target: LogTarget,
  expr: string,
  span: QueryRange,
): Promise<{ readonly frames: readonly DataFrame[]; readonly remarks: readonly AnswerRemark[] }> {
  const { store } = target
  switch (target.queryType) {
    case 'stats': {
      const answer = await fetchFigures(store, withTime(expr, span), { at: span.to / 1000 })
      const shape = { target: { ...target, format: 'table' }, step: stepOf(span), several: true }
      return { frames: framesOf(answer, shape), remarks: answer.remarks }
    }
    case 'statsRange': {
      const step = target.step ? rangeUtil.intervalToMs(target.step) : stepOf(span)
      const { from, to } = { from: span.from / 1000, to: span.to / 1000 }
      const answer = await fetchFigures(store, expr, { from, to, step: `${step}ms` })
      const whole = answer.series.map((one) => ({ ...one, values: one.values.filter(([at]) => at >= from) }))
      const shape = { target: { ...target, format: 'time_series' }, step, several: true, limit: span.limit }
      return { frames: framesOf({ ...answer, series: whole }, shape), remarks: answer.remarks }
    }
    default:
      return { frames: [await linesFrame(target, expr, span)], remarks: [] }
  }
}

/** A query for figures at one time that does not say over which time is over the range of the panel. */
const withTime = (expr: string, { from, to }: QueryRange): string =>
  expr.split('|')[0]?.includes('_time:') === true
    ? expr
    : `_time:[${Math.floor(from / 1000)}, ${Math.floor(to / 1000)}] ${expr}`

/** The newest lines as Grafana's frame of them; one more is asked for than is shown, to know whether there are more. */
async function linesFrame({ refId, store, maxLines }: LogTarget, expr: string, span: QueryRange): Promise<DataFrame> {
  const most = Math.min(maxLines || mostRows, mostRows)
  const { lines, isCut } = await fetchLines(store, expr, span, most + 1)
  const shown: readonly LineFields[] = distinctLines(lines.slice(0, most))
  return toDataFrame({
    refId,
    ...(isCut || lines.length > most ? { meta: leftOutMeta(1) } : {}),
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: shown.map(({ _time = '' }) => Date.parse(_time)) },
      { name: 'Line', type: FieldType.string, config: {}, values: shown.map(({ _msg = '' }) => _msg) },
      { name: 'labels', type: FieldType.other, config: {}, values: [...shown] },
    ],
  })
}
