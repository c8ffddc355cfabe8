import {
  type DataFrame,
  FieldType,
  type FormattedValue,
  formattedValueToString,
  getFieldDisplayName,
  getValueFormat,
} from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'

/** A row of a heatmap: how many values a bucket has over time. */
interface BucketRow {
  readonly name: string
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
  /** Milliseconds between two points. */
  readonly step: number
}

interface Cell {
  readonly at: number
  readonly row: number
  readonly count: number
  readonly step: number
}

/** A row for each bucket or series, from below; names that are all numbers are in their order. */
export function rowsOf(frames: readonly DataFrame[]): readonly BucketRow[] {
  const rows = frames.flatMap((frame) => {
    const time = frame.fields.find(({ type }) => type === FieldType.time)
    return frame.fields
      .filter((field) => field.type === FieldType.number && field.config.custom?.hideFrom?.viz !== true)
      .map((field) => ({
        name: isBound(field.name) ? field.name : getFieldDisplayName(field, frame, [...frames]),
        times: (time?.values ?? []) as number[],
        values: field.values as (number | null)[],
        step: time?.config.interval ?? 60_000,
      }))
  })
  return rows.every(({ name }) => isBound(name)) ? rows.sort((a, b) => boundOf(a.name) - boundOf(b.name)) : rows
}

/** The cells that are shown. */
export const cellsOf = (rows: readonly BucketRow[], hidden: Options['filterValues']): readonly Cell[] =>
  rows.flatMap(({ times, values, step }, row) =>
    times.flatMap((at, i) => {
      const count = values[i]
      const isHidden =
        count === null ||
        count === undefined ||
        !Number.isFinite(count) ||
        count <= (hidden?.le ?? 0) ||
        count >= (hidden?.ge ?? Number.POSITIVE_INFINITY)
      return isHidden ? [] : [{ at, row, count, step }]
    }),
  )

/** The name of a row; the bound of a bucket is in the unit of the axis. */
export function rowText(name: string, { unit, decimals }: Options['yAxis']): string {
  const bound = boundOf(name)
  return Number.isFinite(bound) ? text(getValueFormat(unit ?? 'short')(bound, decimals)) : name
}

/** The number in a cell. */
export const cellText = (count: number, cell: Options['cellValues']): string =>
  text(getValueFormat(cell?.unit ?? 'short')(count, cell?.decimals ?? (count < 10 ? 1 : 0)))

const text = (value: FormattedValue) => formattedValueToString(value)
const boundOf = (name: string) => (name === '+Inf' ? Infinity : name.trim() === '' ? Number.NaN : Number(name))
const isBound = (name: string) => !Number.isNaN(boundOf(name))
