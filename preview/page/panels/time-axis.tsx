import { dateTimeFormat, type TimeRange, type TimeZone } from '@grafana/data'
import { theme } from '../theme.ts'

interface Axis {
  readonly range: TimeRange
  readonly zone: TimeZone
  /** Pixels from the left edge, and between the first and last moment. */
  readonly left: number
  readonly width: number
}

/** The height of a row of times, in pixels. */
export const axisHeight = 22

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const spacings = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 5, 10, 30, 90, 365].map((n) => n * day),
]

/** The position of a time, in pixels. */
export const pixelOf = ({ range, left, width }: Axis, at: number): number =>
  left + ((at - range.from.valueOf()) / (range.to.valueOf() - range.from.valueOf())) * width

/** Round times below a drawing, as many as fit. */
export function TimeAxis({ axis, y }: { readonly axis: Axis; readonly y: number }) {
  return (
    <g fontSize={12} fill={theme.colors.text.primary} textAnchor="middle">
      {timesOf(axis).map(({ at, text }) => (
        <text key={at} x={pixelOf(axis, at)} y={y + 15}>
          {text}
        </text>
      ))}
    </g>
  )
}

function timesOf(axis: Axis): readonly { readonly at: number; readonly text: string }[] {
  const { range, zone, width } = axis
  const from = range.from.valueOf()
  const to = range.to.valueOf()
  const most = Math.max(1, Math.floor(width / 80))
  const spacing = spacings.find((one) => (to - from) / one <= most) ?? 365 * day
  const format = spacing < minute ? 'HH:mm:ss' : spacing < day ? 'HH:mm' : 'MM/DD'
  // Local midnights are whole UTC days minus the zone's offset.
  const offset = new Date(from).getTimezoneOffset() * minute
  const first = Math.ceil((from - offset) / spacing) * spacing + offset
  const count = Math.max(0, Math.floor((to - first) / spacing) + 1)
  return Array.from({ length: count }, (_, i) => first + i * spacing)
    .filter((at) => pixelOf(axis, at) - axis.left > 16 && axis.left + width - pixelOf(axis, at) > 16)
    .map((at) => ({ at, text: dateTimeFormat(at, { format, timeZone: zone }) }))
}
