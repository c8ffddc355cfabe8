import {
  type DataFrame,
  dateTimeFormat,
  FieldType,
  formattedValueToString,
  getValueFormat,
  type PanelProps,
} from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'
import { measureText } from '@grafana/ui'
import { useEffect, useRef } from 'react'
import { theme } from '../theme.ts'
import { colourScale } from './colour-scale.ts'
import { axisHeight, pixelOf, TimeAxis } from './time-axis.tsx'
import { triggering, WithLinks } from './with-links.tsx'

interface Cell {
  readonly at: number
  readonly row: number
  readonly count: number
}

/** How many values fell into each bucket over time; a column is a time step, a row is a bucket. */
export function HeatmapPanel({ data, options, width, height, timeRange, timeZone }: PanelProps<Options>) {
  const frame = data.series[0]
  const canvas = useRef<HTMLCanvasElement>(null)
  const buckets = frame === undefined ? [] : bucketsOf(frame, options.yAxis?.unit)
  const left = Math.max(0, ...buckets.map((text) => measureText(text, 12).width)) + 8
  const scaleHeight = options.legend?.show ? 26 : 0
  const axis = { range: timeRange, zone: timeZone, left, width: width - left }
  const rowHeight = Math.max(1, (height - axisHeight - scaleHeight) / Math.max(1, buckets.length))
  const cells = frame === undefined ? [] : cellsOf(frame, options.filterValues?.le ?? 0)
  const most = Math.max(0, ...cells.map(({ count }) => count))
  const colour = colourScale(options.color)
  const bottom = rowHeight * buckets.length
  const step = frame?.fields.find(({ type }) => type === FieldType.time)?.config.interval ?? 60_000
  const every = Math.ceil(14 / rowHeight)

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context === undefined || context === null) return
    const ratio = devicePixelRatio
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    for (const { at, row, count } of cells) {
      const x = Math.max(left, pixelOf(axis, at))
      const w = pixelOf(axis, at + step) - x - (options.cellGap ?? 1)
      context.fillStyle = colour(count / most)
      context.fillRect(
        x,
        bottom - (row + 1) * rowHeight,
        Math.max(1, w),
        Math.max(1, rowHeight - (options.cellGap ?? 1)),
      )
    }
  })

  const told = (event: React.MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const row = Math.floor((bottom - (event.clientY - box.top)) / rowHeight)
    const found = cells.find(
      (cell) =>
        cell.row === row &&
        pixelOf(axis, cell.at) <= event.clientX - box.left &&
        event.clientX - box.left < pixelOf(axis, cell.at + step),
    )
    const title = event.currentTarget.querySelector('title')
    if (title !== null)
      title.textContent =
        found === undefined
          ? ''
          : `${dateTimeFormat(found.at, { timeZone })}: ${countText(found.count)} up to ${buckets[found.row]}`
  }

  return (
    <div style={{ position: 'relative', width, height }}>
      <canvas
        ref={canvas}
        width={width * devicePixelRatio}
        height={height * devicePixelRatio}
        style={{ position: 'absolute', inset: 0, width, height }}
      />
      <WithLinks links={() => frame?.fields.at(-1)?.getLinks?.({}) ?? []}>
        {(api) => (
          <svg
            width={width}
            height={height}
            style={{ position: 'absolute', inset: 0 }}
            onMouseMove={told}
            role="img"
            {...triggering(api)}
          >
            <title>number of values per bucket over time</title>
            <g fontSize={12} fill={theme.colors.text.primary} textAnchor="end">
              {buckets.map((text, row) =>
                row % every === 0 ? (
                  <text key={text} x={left - 6} y={bottom - (row + 0.5) * rowHeight + 4}>
                    {text}
                  </text>
                ) : null,
              )}
            </g>
            <TimeAxis axis={axis} y={bottom} />
            {scaleHeight > 0 ? (
              <g transform={`translate(${left},${height - 20})`} fontSize={12} fill={theme.colors.text.primary}>
                {Array.from({ length: 40 }, (_, i) => i).map((i) => (
                  <rect key={i} x={i * 4} width={4} height={10} fill={colour((i + 0.5) / 40)} />
                ))}
                <text x={166} y={10}>{`0 to ${countText(most)} per cell`}</text>
              </g>
            ) : null}
          </svg>
        )}
      </WithLinks>
    </div>
  )
}

const valueFields = ({ fields }: DataFrame) => fields.filter(({ type }) => type === FieldType.number)

/** The upper bounds of the buckets in the unit of the axis. */
function bucketsOf(frame: DataFrame, unit: string | undefined): readonly string[] {
  const format = getValueFormat(unit ?? 'short')
  return valueFields(frame).map(({ name }) => (name === '+Inf' ? '+Inf' : formattedValueToString(format(Number(name)))))
}

function cellsOf(frame: DataFrame, hiddenUpTo: number): readonly Cell[] {
  const times = (frame.fields.find(({ type }) => type === FieldType.time)?.values ?? []) as number[]
  return valueFields(frame).flatMap(({ values }, row) =>
    times.flatMap((at, i) => {
      const count = values[i] as number | null
      return count === null || Number.isNaN(count) || count <= hiddenUpTo ? [] : [{ at, row, count }]
    }),
  )
}

const countText = (count: number) => formattedValueToString(getValueFormat('short')(count, count < 10 ? 1 : 0))
