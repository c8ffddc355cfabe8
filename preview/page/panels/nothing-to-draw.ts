import {
  type DataFrame,
  type Field,
  FieldType,
  getFieldDisplayName,
  type ReduceDataOptions,
  ReducerID,
  reduceField,
} from '@grafana/data'
import { hasValues } from '../prometheus/state.ts'

interface PanelOptions {
  readonly reduceOptions?: Partial<ReduceDataOptions>
}

/** Why a panel with values would be blank; null if it draws one of them. */
export function nothingToDraw(
  type: string,
  frames: readonly DataFrame[],
  options: PanelOptions | undefined,
): string | null {
  const values = frames.flatMap(({ fields }) => fields.filter((field) => field.type === FieldType.number))
  if (!placing.includes(type) || values.length === 0 || !hasValues(frames)) return null
  const visible = values.filter(({ config }) => config.custom?.hideFrom?.viz !== true)
  if (visible.length === 0) return type === 'heatmap' ? null : 'Nothing to draw: all series are hidden.'
  if (type !== 'state-timeline' && !visible.some((field) => field.values.some(Number.isFinite)))
    return 'Nothing to draw: all values are infinite, as from a division by 0.'
  if (type === 'piechart' && !visible.some((field) => resultsOf(field, options?.reduceOptions).some(isSlice)))
    return 'Nothing to draw: a pie has slices for values above 0 only.'
  if (type === 'timeseries' && visible.every(isBelowLogScale))
    return 'Nothing to draw: a logarithmic scale has values above 0 only.'
  return null
}

/** How many series a note names. */
const named = 3

/** The series of a pie or of curves that are not drawn because their values have no place in it; null if there are none. */
export function seriesWithoutPlace(
  type: string,
  frames: DataFrame[],
  options: PanelOptions | undefined,
): string | null {
  if (type !== 'piechart' && type !== 'timeseries') return null
  const found = frames.flatMap((frame) =>
    frame.fields.flatMap((field) => {
      if (field.type !== FieldType.number || field.config.custom?.hideFrom?.viz === true) return []
      const why = type === 'piechart' ? whyNoSlice(field, options) : whyNoCurve(field)
      return why === null ? [] : [`${getFieldDisplayName(field, frame, frames)} ${why}`]
    }),
  )
  if (found.length === 0) return null
  const more = found.length > named ? [`${found.length - named} more`] : []
  return `not drawn: ${[...found.slice(0, named), ...more].join(', ')}`
}

/** The kinds of panels that place values on a scale or leave out hidden series. */
const placing = ['timeseries', 'piechart', 'state-timeline', 'heatmap']

/** Whether a value of a pie has a slice. */
export const isSlice = (value: unknown): boolean => Number.isFinite(value) && Number(value) > 0

function resultsOf(field: Field, reduce: PanelOptions['reduceOptions']): readonly unknown[] {
  if (reduce?.values === true) return field.values
  const reducers = reduce?.calcs?.length ? reduce.calcs : [ReducerID.lastNotNull]
  const results = reduceField({ field, reducers })
  return reducers.map((one) => results[one])
}

/** What a pie cannot show of a series; 0 and no value at all have no slice in Grafana either. */
function whyNoSlice(field: Field, options: PanelOptions | undefined): string | null {
  const results = resultsOf(field, options?.reduceOptions)
  const wrong = results.find((one) => typeof one === 'number' && (!Number.isFinite(one) || one < 0))
  if (wrong === undefined) return field.values.length > 0 && field.values.every(Number.isNaN) ? 'is NaN' : null
  return Number.isNaN(wrong) ? 'is NaN' : Number(wrong) < 0 && Number.isFinite(wrong) ? 'is negative' : 'is infinite'
}

const whyNoCurve = ({ values }: Field): string | null =>
  values.length > 0 && !values.some(Number.isFinite) && values.some((value) => Math.abs(value) === Infinity)
    ? 'is infinite'
    : null

const isBelowLogScale = ({ config, values }: Field) =>
  config.custom?.scaleDistribution?.type === 'log' && !values.some(isSlice)
