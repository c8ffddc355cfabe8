import {
  type DataFrame,
  type DisplayValue,
  dateTimeFormat,
  type Field,
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  type PanelProps,
} from '@grafana/data'
import { VisibilityMode } from '@grafana/schema'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen'
import { measureText, VizLayout } from '@grafana/ui'
import { theme } from '../theme.ts'
import { stateLegend } from './state-legend.tsx'
import { axisHeight, pixelOf, TimeAxis } from './time-axis.tsx'
import { roleOf, triggering, WithLinks } from './with-links.tsx'

/** A row for each series that shows its state over time, and below them what the colours mean. */
export function StateTimelinePanel(props: PanelProps<Options>) {
  const { width, height, data, options } = props
  return (
    <VizLayout
      width={width}
      height={height}
      legend={options.legend.showLegend ? stateLegend(data.series, options.legend) : null}
    >
      {(width, height) => <States {...props} width={width} height={height} />}
    </VizLayout>
  )
}

function States({ data, options, width, height, timeRange, timeZone }: PanelProps<Options>) {
  const lines = data.series.flatMap((frame) => linesOf(frame, data.series))
  const names = Math.max(0, ...lines.map(({ name }) => measureText(name, 12).width)) + 12
  const left = Math.min(names, width * 0.4)
  const axis = { range: timeRange, zone: timeZone, left, width: width - left }
  const lineHeight = (height - axisHeight) / Math.max(1, lines.length)
  const thick = lineHeight * options.rowHeight
  const merged = options.mergeValues !== false
  return (
    <svg width={width} height={height} role={roleOf(lines.map(lineLinks))} aria-label="states over time">
      {lines.map(({ name, field, times, step }, i) => {
        const top = i * lineHeight + (lineHeight - thick) / 2
        return (
          <g key={name} fontSize={12}>
            <WithLinks links={lineLinks({ field, times })}>
              {(api) => (
                <text
                  x={left - 8}
                  y={top + thick / 2 + 4}
                  textAnchor="end"
                  fill={theme.colors.text.primary}
                  {...triggering(api)}
                >
                  {name}
                </text>
              )}
            </WithLinks>
            {spansOf(field, times, step, timeRange.to.valueOf(), merged).map(({ from, to, shown }) => {
              const x = Math.max(left, pixelOf(axis, from))
              const w = Math.max(1, pixelOf(axis, to) - x)
              const words = formattedValueToString(shown)
              const room = w - measureText(words, 12).width - 8
              const fits =
                options.showValue === VisibilityMode.Always || (options.showValue !== VisibilityMode.Never && room > 0)
              const indent = room * (alignments[options.alignValue ?? 'left'] ?? 0)
              const colour = shown.color ?? theme.colors.text.disabled
              return (
                <g key={from}>
                  <rect
                    x={x}
                    y={top}
                    width={w}
                    height={thick}
                    fill={colour}
                    fillOpacity={opacityOf(field)}
                    stroke={colour}
                    strokeWidth={field.config.custom?.lineWidth ?? 0}
                  >
                    <title>{`${name}: ${words}, ${clock(from, timeZone)} to ${clock(to, timeZone)}`}</title>
                  </rect>
                  {fits && thick > 12 ? (
                    <text
                      x={x + 4 + Math.max(0, indent)}
                      y={top + thick / 2 + 4}
                      fill={theme.colors.getContrastText(colour)}
                      pointerEvents="none"
                    >
                      {words}
                    </text>
                  ) : null}
                </g>
              )
            })}
          </g>
        )
      })}
      <TimeAxis axis={axis} y={height - axisHeight} />
    </svg>
  )
}

/** The share of the free room before a value. */
const alignments: Readonly<Record<string, number>> = { left: 0, center: 0.5, right: 1 }

interface Line {
  readonly name: string
  readonly field: Field
  readonly times: readonly number[]
  /** Milliseconds after which a point's state no longer holds. */
  readonly step: number
}

function linesOf(frame: DataFrame, all: DataFrame[]): readonly Line[] {
  const time = frame.fields.find(({ type }) => type === FieldType.time)
  if (time === undefined) return []
  return frame.fields
    .filter((field) => field !== time && field.config.custom?.hideFrom?.viz !== true)
    .map((field) => ({
      name: getFieldDisplayName(field, frame, all),
      field,
      times: time.values as number[],
      step: time.config.interval ?? 60_000,
    }))
}

/** The links of the last state. */
const lineLinks =
  ({ field, times }: Pick<Line, 'field' | 'times'>) =>
  () =>
    field.getLinks?.({ valueRowIndex: times.length - 1 }) ?? []

interface Stay {
  readonly from: number
  readonly to: number
  readonly shown: DisplayValue
}

/** Consecutive points of the same state, if merged as one; a missing point ends it. */
function spansOf(field: Field, times: readonly number[], step: number, end: number, merged: boolean): readonly Stay[] {
  const stays: { from: number; to: number; value: unknown }[] = []
  for (const [i, at] of times.entries()) {
    const value = field.values[i]
    if (value === null || value === undefined) continue
    const to = Math.min(end, at + step)
    const last = stays.at(-1)
    if (merged && last !== undefined && Object.is(last.value, value) && at - last.to <= step / 2) last.to = to
    else stays.push({ from: at, to, value })
  }
  return stays.map(({ from, to, value }) => ({ from, to, shown: displayed(field, value) }))
}

const displayed = (field: Field, value: unknown): DisplayValue =>
  field.display?.(value) ?? { text: String(value), numeric: Number(value) }

const opacityOf = ({ config }: Field) => (config.custom?.fillOpacity ?? 70) / 100

const clock = (at: number, timeZone: string) => dateTimeFormat(at, { format: 'HH:mm:ss', timeZone })
