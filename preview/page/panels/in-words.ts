import {
  type DataFrame,
  dateTimeFormat,
  type Field,
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  getValueFormat,
  type PanelProps,
  rangeUtil,
} from '@grafana/data'
import type { Firing } from '../scene/firings.ts'
import { theme } from '../theme.ts'
import { isSlice } from './nothing-to-draw.ts'
import { displayValues } from './values.ts'

// What drawings show, for people who do not see them.

/** How many series are listed; a screen reader reads them all. */
const most = 8

/** A drawing in words; null for a panel whose values are text already. */
export function drawingInWords(type: string, props: PanelProps, fired: readonly Firing[]): string | null {
  const { title, data } = props
  const range = rangeIn(props)
  switch (type) {
    case 'timeseries':
      return sentences([
        `${title}, ${range}`,
        ...capped(seriesIn(data.series), curveOf(props)),
        ...alertsIn(fired, props),
      ])
    case 'heatmap':
      return sentences([`${title}, ${range}`, ...capped(seriesIn(data.series), bucketOf(props))])
    case 'state-timeline':
      return sentences([`${title}, ${range}`, ...capped(seriesIn(data.series), statesOf(props))])
    case 'piechart':
      return `${title}: ${sharesIn(props).join(', ')}.`
    default:
      return null
  }
}

/** The time range, as the time picker names it or by its ends. */
function rangeIn({ timeRange: { raw, from, to }, timeZone }: PanelProps): string {
  if (`${raw.from}`.startsWith('now')) return rangeUtil.describeTimeRange(raw, timeZone).replace(/^L/, 'l')
  return `${dateTimeFormat(from, { timeZone })} to ${dateTimeFormat(to, { timeZone })}`
}

const sentences = (texts: readonly string[]): string =>
  texts.map((text) => `${text.replace(/^and /, 'And ')}.`).join(' ')

/** As many texts as can be listened to, and how many more there are. */
const capped = <T>(all: readonly T[], told: (one: T, i: number, all: readonly T[]) => string): readonly string[] =>
  all.length <= most + 1
    ? all.map(told)
    : [...all.slice(0, most).map((one, i) => told(one, i, all)), `and ${all.length - most} more`]

interface Series {
  readonly name: string
  readonly field: Field
  readonly times: readonly number[]
  /** Milliseconds between two points. */
  readonly step: number
}

const seriesIn = (frames: DataFrame[]): readonly Series[] =>
  frames.flatMap((frame) => {
    const time = frame.fields.find(({ type }) => type === FieldType.time)
    return frame.fields
      .filter((field) => field !== time && field.config.custom?.hideFrom?.viz !== true)
      .map((field) => ({
        name: getFieldDisplayName(field, frame, frames),
        field,
        times: (time?.values ?? []) as number[],
        step: time?.config.interval ?? 60_000,
      }))
  })

/** The last value of a series, and between which values it was. */
function rangeOf({ field, times, step }: Series, text: (value: number) => string, props: PanelProps): string {
  const numbers = field.values.map((value) => (Number.isFinite(value) ? Number(value) : Number.NaN))
  const at = numbers.findLastIndex((value) => !Number.isNaN(value))
  if (at < 0) return 'no value'
  const values = numbers.filter((value) => !Number.isNaN(value))
  const lowest = values.reduce((a, b) => Math.min(a, b))
  const highest = values.reduce((a, b) => Math.max(a, b))
  const range = lowest === highest ? 'always the same' : `between ${text(lowest)} and ${text(highest)}`
  // A curve that has ended says nothing about now.
  const ended = (times[at] ?? 0) < props.timeRange.to.valueOf() - 2 * step ? ` at ${clock(times[at] ?? 0, props)}` : ''
  return `last ${text(values.at(-1) ?? 0)}${ended}, ${range}`
}

const curveOf = (props: PanelProps) => (series: Series) =>
  `${series.name}: ${rangeOf(series, (value) => shown(series.field, value), props)}`

/** How many values were in a bucket, which is named by its upper bound. */
const bucketOf = (props: PanelProps) => (series: Series, i: number, all: readonly Series[]) => {
  const isBound = ({ field: { name } }: Series) => Number.isFinite(Number(name))
  const bound = (one: Series) =>
    isBound(one)
      ? formattedValueToString(getValueFormat(props.options.yAxis?.unit ?? 'short')(Number(one.field.name)))
      : one.name
  const below = all[i - 1]
  const isLast = series.field.name === '+Inf' && below !== undefined
  const name = isLast ? `above ${bound(below)}` : isBound(series) ? `up to ${bound(series)}` : series.name
  return `${name}: ${rangeOf(series, count, props)}`
}

/** The last state of a series, since when it lasts, and how long each lasted. */
const statesOf = (props: PanelProps) => (series: Series) => {
  const { name, field, times, step } = series
  const points = field.values.flatMap((value, i) =>
    value === null || value === undefined ? [] : [{ at: times[i] ?? 0, state: shown(field, value) }],
  )
  const last = points.at(-1)
  if (last === undefined) return `${name}: no value`
  const since = points[points.findLastIndex(({ state }) => state !== last.state) + 1]
  const lasted = new Map<string, number>()
  const end = props.timeRange.to.valueOf()
  for (const { at, state } of points) lasted.set(state, (lasted.get(state) ?? 0) + Math.min(step, end - at))
  const all = capped([...lasted], ([state, time]) => `${state} for ${duration(time)}`)
  return `${name}: ${last.state} since ${clock(since?.at ?? 0, props)}; in all ${all.join(', ')}`
}

function sharesIn(props: PanelProps): readonly string[] {
  const values = displayValues(props, theme).filter(({ display }) => isSlice(display.numeric))
  const total = values.reduce((sum, { display }) => sum + display.numeric, 0)
  return capped(
    values,
    ({ display }) =>
      `${display.title} ${formattedValueToString(display)} (${Math.round((100 * display.numeric) / total)}%)`,
  )
}

function alertsIn(fired: readonly Firing[], props: PanelProps): readonly string[] {
  const all = capped(fired, ({ title, from, to }) =>
    from === to ? `${title} at ${clock(from, props)}` : `${title} from ${clock(from, props)} to ${clock(to, props)}`,
  )
  return all.length === 0 ? [] : [`Alerts fired: ${all.join(', ')}`]
}

const shown = (field: Field, value: unknown): string =>
  field.display === undefined ? String(value) : formattedValueToString(field.display(value))

const count = (value: number) => formattedValueToString(getValueFormat('short')(value, value < 10 ? 1 : 0))

const duration = (milliseconds: number) =>
  formattedValueToString(getValueFormat('dtdurations')(Math.round(milliseconds / 1000)))

const clock = (at: number, { timeZone }: PanelProps) => dateTimeFormat(at, { format: 'HH:mm:ss', timeZone })
