import { dateTimeFormat, type PanelProps } from '@grafana/data'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'
import { measureText } from '@grafana/ui'
import { useEffect, useRef } from 'react'
import { theme } from '../theme.ts'
import { colourScale } from './colour-scale.ts'
import { cellsOf, cellText, rowsOf, rowText } from './heatmap-rows.ts'
import { axisHeight, pixelOf, TimeAxis } from './time-axis.tsx'
import { triggering, WithLinks } from './with-links.tsx'

/** How many values fell into each bucket over time; a column is a time step, a row is a bucket. */
export function HeatmapPanel({ data, options, width, height, timeRange, timeZone }: PanelProps<Options>) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const rows = rowsOf(data.series)
  const names = rows.map(({ name }) => rowText(name, options.yAxis))
  const left = names.reduce((most, text) => Math.max(most, measureText(text, 12).width), 0) + 8
  const scaleHeight = options.legend.show ? 26 : 0
  const axis = { range: timeRange, zone: timeZone, left, width: width - left }
  const rowHeight = Math.max(1, (height - axisHeight - scaleHeight) / Math.max(1, rows.length))
  const cells = cellsOf(rows, options.filterValues)
  const least = options.color.min ?? 0
  const most = options.color.max ?? cells.reduce((most, { count }) => Math.max(most, count), least)
  const colour = colourScale(options.color)
  const share = (count: number) => Math.min(1, Math.max(0, (count - least) / (most - least || 1)))
  const bottom = rowHeight * rows.length
  const gap = options.cellGap ?? 1
  const every = Math.ceil(14 / rowHeight)
  /** From below, or from above. */
  const place = (row: number) => (options.yAxis.reverse === true ? row : rows.length - 1 - row)

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context === undefined || context === null) return
    const ratio = devicePixelRatio
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    for (const { at, row, count, step } of cells) {
      const x = Math.max(left, pixelOf(axis, at))
      const w = pixelOf(axis, at + step) - x - gap
      context.fillStyle = colour(share(count))
      context.fillRect(x, place(row) * rowHeight, Math.max(1, w), Math.max(1, rowHeight - gap))
    }
  })

  const told = (event: React.MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const line = Math.floor((event.clientY - box.top) / rowHeight)
    const found = cells.find(
      (cell) =>
        place(cell.row) === line &&
        pixelOf(axis, cell.at) <= event.clientX - box.left &&
        event.clientX - box.left < pixelOf(axis, cell.at + cell.step),
    )
    const title = event.currentTarget.querySelector('title')
    if (title !== null)
      title.textContent =
        found === undefined
          ? ''
          : `${dateTimeFormat(found.at, { timeZone })}: ${cellText(found.count, options.cellValues)} up to ${names[found.row]}`
  }

  return (
    <div style={{ position: 'relative', width, height }} data-rows={names.join(' ')} data-cells={cells.length}>
      <canvas
        ref={canvas}
        width={width * devicePixelRatio}
        height={height * devicePixelRatio}
        style={{ position: 'absolute', inset: 0, width, height }}
      />
      <WithLinks links={() => data.series[0]?.fields.at(-1)?.getLinks?.({}) ?? []}>
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
              {names.map((text, row) =>
                row % every === 0 ? (
                  <text key={text} x={left - 6} y={(place(row) + 0.5) * rowHeight + 4}>
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
                <text x={166} y={10}>
                  {`${cellText(least, options.cellValues)} to ${cellText(most, options.cellValues)} per cell`}
                </text>
              </g>
            ) : null}
          </svg>
        )}
      </WithLinks>
    </div>
  )
}
