import { type DataFrame, FieldType, toDataFrame } from '@grafana/data'
import type { TargetJson } from '../dashboard.ts'
import { leftOutMeta } from '../panels/drawn-part.ts'
import type { DrawnLimit } from '../panels/limits.ts'
import { bucketSets } from './bucket-sets.ts'
import { largest, seriesSum } from './largest.ts'
import type { SeriesAnswer, SeriesLabels, TimeSeries } from './query-api.ts'

/** How a target's frames are named and spaced. */
interface Shape {
  readonly target: TargetJson
  /** Milliseconds between two points; a longer distance is a gap. */
  readonly step: number
  /** Whether the panel has other targets. */
  readonly several: boolean
  /** How many series are drawn; all by default. */
  readonly limit?: DrawnLimit | undefined
}

/** The series of one target as frames, in the format that the target sets; the first carries what Prometheus says about them. */
export function framesOf({ series, remarks }: SeriesAnswer, shape: Shape): DataFrame[] {
  const [first, ...others] = formatted(series, shape)
  if (first === undefined || remarks.length === 0) return first === undefined ? [] : [first, ...others]
  return [{ ...first, meta: { ...first.meta, notices: [...remarks] } }, ...others]
}

function formatted(series: readonly TimeSeries[], shape: Shape): DataFrame[] {
  switch (shape.target.format) {
    case 'table':
      return series.length === 0 ? [] : [tableOf(series, shape)]
    case 'heatmap':
      return series.length === 0 ? [] : [bucketsOf(series, shape)]
    default:
      return curvesOf(series, shape)
  }
}

/** A frame for each series that is drawn; the first says how many are not. */
function curvesOf(series: readonly TimeSeries[], shape: Shape): DataFrame[] {
  const { kept, others } = largest(series, shape.limit)
  const curves = kept.map((one) => curveOf(one, shape))
  if (others.length === 0) return curves
  const [first, ...more] = curves.map((one, i) => (i === 0 ? { ...one, meta: leftOutMeta(others.length) } : one))
  const name = `${others.length.toLocaleString('en-US')} others`
  const sum = shape.limit?.sumsOthers
    ? [curveOf(seriesSum(others, {}), { ...shape, target: { ...shape.target, legendFormat: name } })]
    : []
  return [...(first === undefined ? [] : [first]), ...more, ...sum]
}

function curveOf({ metric, values }: TimeSeries, { target, step }: Shape): DataFrame {
  const legend = legendOf(target, metric)
  return toDataFrame({
    refId: target.refId,
    name: legend ?? undefined,
    fields: [
      timeField(
        values.map(([at]) => at * 1000),
        step,
      ),
      {
        name: 'Value',
        type: FieldType.number,
        labels: metric,
        config: legend === null ? {} : { displayNameFromDS: legend },
        values: values.map(([, value]) => numberOf(value)),
      },
    ],
  })
}

/** A row for each series, a column for each label. */
function tableOf(series: readonly TimeSeries[], { target, step, several }: Shape): DataFrame {
  const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].sort()
  const rows = series.flatMap(({ metric, values }) => values.map(([at, value]) => ({ metric, at, value })))
  return toDataFrame({
    refId: target.refId,
    fields: [
      timeField(
        rows.map(({ at }) => at * 1000),
        step,
      ),
      ...labels.map((label) => ({
        name: label,
        type: FieldType.string,
        config: {},
        values: rows.map(({ metric }) => metric[label] ?? ''),
      })),
      {
        name: several ? `Value #${target.refId}` : 'Value',
        type: FieldType.number,
        config: {},
        values: rows.map(({ value }) => numberOf(value)),
      },
    ],
  })
}

/** A column for each bucket, lowest bound first; each counts only what the lower ones of its histogram do not. */
function bucketsOf(series: readonly TimeSeries[], { target, step }: Shape): DataFrame {
  const times = [...new Set(series.flatMap(({ values }) => values.map(([at]) => at)))].sort((a, b) => a - b)
  return toDataFrame({
    refId: target.refId,
    fields: [
      timeField(
        times.map((at) => at * 1000),
        step,
      ),
      ...bucketSets(series).flatMap(({ name, buckets }) => {
        const counts = buckets.map(({ values }) => new Map(values.map(([at, value]) => [at, numberOf(value)])))
        return buckets.map(({ metric }, i) => {
          const row = [name, metric['le'] ?? ''].filter((part) => part !== '').join(' ≤ ')
          return {
            name: row,
            type: FieldType.number,
            labels: metric,
            config: name === '' ? {} : { displayNameFromDS: row },
            values: times.map((at) => {
              const count = counts[i]?.get(at)
              const below = i === 0 ? 0 : counts[i - 1]?.get(at)
              // Without a point of the bucket below, how many are above it is unknown.
              return count === undefined || below === undefined ? null : Math.max(0, count - below)
            }),
          }
        })
      }),
    ],
  })
}

const timeField = (values: readonly number[], step: number) => ({
  name: 'Time',
  type: FieldType.time,
  config: { interval: step },
  values: [...values],
})

/** NaN stays: what cannot be computed is not the same as nothing. */
const numberOf = (text: string): number => (text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text))

/** The legend text of one series, or null if the target leaves it to the labels. */
function legendOf({ legendFormat }: TargetJson, labels: SeriesLabels): string | null {
  if (legendFormat === undefined || legendFormat === '' || legendFormat === '__auto') return null
  return legendFormat.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim()
}
