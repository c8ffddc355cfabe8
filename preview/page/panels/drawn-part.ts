import { type DataFrame, type Field, FieldType } from '@grafana/data'
import { drawnLimitOf, mostBuckets, mostRows } from './limits.ts'

/** The part of a panel's data that is drawn, and a sentence about the rest. */
interface DrawnPart {
  readonly series: DataFrame[]
  readonly note: string | null
}

/** Leaves out the smallest series of a panel, or the smallest rows of a table, if there are too many to draw. */
export function drawnPart(type: string, series: DataFrame[]): DrawnPart {
  if (type === 'table') return drawnRows(series)
  if (type === 'logs') return drawnLines(series)
  if (type === 'heatmap') return drawnBuckets(series)
  const limit = drawnLimitOf(type)
  const before = series.reduce((sum, { meta }) => sum + (leftIn(meta?.custom) ?? 0), 0)
  const numbers = series.flatMap(({ fields }) => fields.filter(isNumber))
  const most = limit === undefined || limit.sumsOthers ? numbers.length : limit.most
  const left = before + Math.max(0, numbers.length - most)
  const note = left === 0 ? null : noteOn(left, 'series', limit?.most ?? numbers.length)
  if (numbers.length <= most) return { series, note }
  return { series: withLargest(series, numbers, most, rankOf), note }
}

/** Those of the fields that rank highest, in the frames that have any. */
function withLargest(series: DataFrame[], numbers: Field[], most: number, rank: (field: Field) => number): DataFrame[] {
  const ranks = new Map(numbers.map((field) => [field, rank(field)]))
  const kept = new Set([...numbers].sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0)).slice(0, most))
  const drawn = series.map((frame) => ({
    ...frame,
    fields: frame.fields.filter((field) => !isNumber(field) || kept.has(field)),
  }))
  return drawn.filter(({ fields }) => fields.some(isNumber))
}

/** The rows of a heatmap that count most over the whole time. */
function drawnBuckets(series: DataFrame[]): DrawnPart {
  const numbers = series.flatMap(({ fields }) => fields.filter(isNumber))
  const left = numbers.length - mostBuckets
  if (left <= 0) return { series, note: null }
  return { series: withLargest(series, numbers, mostBuckets, totalOf), note: noteOn(left, 'rows', mostBuckets) }
}

const totalOf = ({ values }: Field): number =>
  values.reduce((sum: number, value: unknown) => (Number.isFinite(value) ? sum + Number(value) : sum), 0)

function drawnRows(series: DataFrame[]): DrawnPart {
  const left = Math.max(0, ...series.map(({ length }) => length - mostRows))
  if (left === 0) return { series, note: null }
  return { series: series.map(largestRows), note: noteOn(left, 'rows', mostRows) }
}

/** The data source has left out the oldest lines. */
function drawnLines(series: DataFrame[]): DrawnPart {
  const count = series.reduce((sum, { length }) => sum + length, 0)
  const isAll = series.every(({ meta }) => leftIn(meta?.custom) === null)
  const note = isAll
    ? null
    : `only the newest ${count.toLocaleString('en-US')} ${count === 1 ? 'line is' : 'lines are'} shown, this time range has more`
  return { series, note }
}

function largestRows(frame: DataFrame): DataFrame {
  if (frame.length <= mostRows) return frame
  const rank = frame.fields.find(isNumber)?.values ?? []
  const rows = Array.from({ length: frame.length }, (_, row) => row)
    .sort((a, b) => (rank[b] ?? Number.NEGATIVE_INFINITY) - (rank[a] ?? Number.NEGATIVE_INFINITY))
    .slice(0, mostRows)
    .sort((a, b) => a - b)
  const fields = frame.fields.map((field) => ({ ...field, values: rows.map((row) => field.values[row]) }))
  return { ...frame, fields, length: mostRows }
}

const isNumber = ({ type }: Field) => type === FieldType.number

const rankOf = ({ values }: Field): number => values.findLast(Number.isFinite) ?? Number.NEGATIVE_INFINITY

const noteOn = (left: number, what: string, most: number) =>
  `and ${left.toLocaleString('en-US')} more ${what}, the largest ${most.toLocaleString('en-US')} are drawn`

/** How many series the data source has left out. */
export const leftOutMeta = (left: number) => ({ custom: { left } })

const leftIn = (custom: Readonly<Record<string, unknown>> | undefined): number | null =>
  typeof custom?.['left'] === 'number' ? custom['left'] : null
