import { type DataFrame, type Field, FieldType, type ReduceDataOptions, ReducerID, reduceField } from '@grafana/data'
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
  if (!hiding.includes(type) || values.length === 0 || !hasValues(frames)) return null
  const visible = values.filter(({ config }) => config.custom?.hideFrom?.viz !== true)
  if (visible.length === 0) return 'Nothing to draw: all series are hidden.'
  if (type === 'piechart' && !visible.some((field) => hasSlice(field, options?.reduceOptions)))
    return 'Nothing to draw: a pie has slices for values above 0 only.'
  if (type === 'timeseries' && visible.every(isBelowLogScale))
    return 'Nothing to draw: a logarithmic scale has values above 0 only.'
  return null
}

/** The kinds of panels that leave out hidden series. */
const hiding = ['timeseries', 'piechart', 'state-timeline']

const isPositive = (value: unknown) => Number(value) > 0

function hasSlice(field: Field, reduce: PanelOptions['reduceOptions']): boolean {
  if (reduce?.values === true) return field.values.some(isPositive)
  const reducers = reduce?.calcs?.length ? reduce.calcs : [ReducerID.lastNotNull]
  const results = reduceField({ field, reducers })
  return reducers.some((one) => isPositive(results[one]))
}

const isBelowLogScale = ({ config, values }: Field) =>
  config.custom?.scaleDistribution?.type === 'log' && !values.some(isPositive)
