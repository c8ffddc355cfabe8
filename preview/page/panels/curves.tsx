import { type DataFrame, dateTimeFormat, FieldType, getFieldDisplayName, type PanelProps } from '@grafana/data'
import { selectors } from '@grafana/e2e-selectors'
import { DashboardCursorSync, TooltipDisplayMode } from '@grafana/schema'
import type { Options } from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen'
import {
  getFieldDisplayItems,
  getFieldDisplayLinks,
  TimeSeries,
  TooltipPlugin2,
  usePanelContext,
  VizTooltipContent,
  VizTooltipFooter,
  VizTooltipHeader,
  VizTooltipWrapper,
} from '@grafana/ui'
import 'uplot/dist/uPlot.min.css'
import { css } from '@emotion/css'
import { useContext, useLayoutEffect, useMemo, useRef } from 'react'
import type { Firing } from '../scene/firings.ts'
import { RoomContext } from '../scene/room.ts'
import { theme } from '../theme.ts'
import { Marks, useFirings } from './firings.tsx'

/** Curves or bars over time, with their thresholds, a tooltip for the values at the pointer, and when alerts fired. */
export function TimeseriesPanel(props: PanelProps<Options>) {
  const { data, options, width, height, timeRange, timeZone, onChangeTimeRange } = props
  const { tooltip } = options
  const { sync, eventsScope } = usePanelContext()
  const zones = useMemo(() => zonesOf(options.timezone, timeZone), [options.timezone, timeZone])
  const fired = useFirings(timeRange)
  const hoverMode = tooltip.mode === TooltipDisplayMode.Single ? hover.xOne : hover.xAll
  const inside = useLegendRoom(props)
  const frames = useMemo(() => data.series.map(withGaps), [data.series])
  return (
    <div ref={inside} className={isNarrow() ? whole : undefined}>
      <TimeSeries
        frames={frames}
        structureRev={data.structureRev ?? 0}
        width={width}
        height={height}
        timeRange={timeRange}
        timeZone={zones}
        legend={options.legend}
        options={options}
      >
        {(config, aligned) => {
          config.setPadding(room)
          return (
            <>
              <Marks config={config} fired={fired} />
              {tooltip.mode === TooltipDisplayMode.None ? null : (
                <TooltipPlugin2
                  config={config}
                  hoverMode={hoverMode as never}
                  queryZoom={onChangeTimeRange}
                  clientZoom
                  syncMode={sync?.() ?? DashboardCursorSync.Off}
                  syncScope={eventsScope}
                  maxWidth={tooltip.maxWidth ?? 500}
                  render={(_, dataIdxs, seriesIdx, isPinned) => (
                    <Pointed
                      frame={aligned}
                      dataIdxs={dataIdxs}
                      seriesIdx={seriesIdx}
                      isPinned={isPinned}
                      options={tooltip}
                      timeZone={timeZone}
                      fired={fired}
                    />
                  )}
                />
              )}
            </>
          )
        }}
      </TimeSeries>
    </div>
  )
}

/** A time axis for each zone that the panel names; an empty name is the dashboard's zone. */
const zonesOf = (named: readonly string[] | undefined, usual: string): string[] =>
  named === undefined || named.length === 0 ? [usual] : named.map((zone) => zone || usual)

/** The canvas draws a line across NaN, and infinity makes its axis endless; a gap is what Grafana draws. */
const withGaps = (frame: DataFrame): DataFrame => ({
  ...frame,
  fields: frame.fields.map((field) =>
    field.type === FieldType.number && field.values.some(isEndless)
      ? { ...field, values: field.values.map((value) => (isEndless(value) ? null : value)) }
      : field,
  ),
})

const isEndless = (value: unknown) => typeof value === 'number' && !Number.isFinite(value)

/** Pixels above, right, below and left of the curves: half of the last time label extends beyond them. */
const room: [number, number, number, number] = [8, 20, 0, 0]

/** Below this width the library puts every legend under its curves, and limits it to a third of the panel's height. */
const isNarrow = () => document.body.clientWidth < theme.breakpoints.values.sm
const legendOf = `[data-testid="${selectors.components.VizLayout.legend}"]`
const whole = css({ [legendOf]: { maxHeight: 'none !important', flexShrink: 0 } })

/** Minimum height of readable curves, in pixels. */
const least = 160

/** Requests the height that the whole legend needs in addition to the curves. */
function useLegendRoom({ id, width, data }: PanelProps<Options>) {
  const makeRoom = useContext(RoomContext)
  const inside = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the legend's height follows from the data and the width
  useLayoutEffect(() => {
    const legend = inside.current?.querySelector<HTMLElement>(legendOf)
    makeRoom(id, isNarrow() && legend ? least + legend.scrollHeight : 0)
  }, [makeRoom, id, width, data.series])
  return inside
}

/** The library declares them as an enum that it does not export. */
const hover = { xOne: 0, xAll: 1 }

interface PointedProps {
  readonly frame: DataFrame
  readonly dataIdxs: (number | null)[]
  readonly seriesIdx: number | null
  readonly isPinned: boolean
  readonly options: Options['tooltip']
  readonly timeZone: string
  readonly fired: readonly Firing[]
}

function Pointed({ frame, dataIdxs, seriesIdx, isPinned, options, timeZone, fired }: PointedProps) {
  const time = frame.fields[0]
  const at = dataIdxs.find((index) => index !== null && index !== undefined)
  if (time === undefined || at === undefined || at === null) return null
  const items = getFieldDisplayItems(
    frame.fields,
    time,
    dataIdxs,
    seriesIdx,
    options.mode,
    options.sort,
    (field) => field.type === FieldType.number || field.type === FieldType.enum,
    options.hideZeros,
  )
  const moment: number = time.values[at]
  const alerts = fired
    .filter(({ from, to }) => from <= moment && moment <= to)
    .map(({ title, text, colour }) => ({
      label: `${title} fires`,
      value: text,
      color: theme.visualization.getColorByName(colour),
    }))
  const links = frame.fields
    .filter((field) => field !== time)
    .flatMap((field, i) => getFieldDisplayLinks(field, dataIdxs[i + 1] ?? at))
  const once = [...new Map(links.map((link) => [link.title, link])).values()]
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader
        item={{
          label: getFieldDisplayName(time) === 'Time' ? '' : getFieldDisplayName(time),
          value: dateTimeFormat(moment, { timeZone }),
        }}
        isPinned={isPinned}
      />
      <VizTooltipContent
        items={[...items, ...alerts]}
        isPinned={isPinned}
        scrollable
        maxHeight={options.maxHeight ?? 300}
      />
      {isPinned && once.length > 0 ? <VizTooltipFooter dataLinks={once} /> : null}
    </VizTooltipWrapper>
  )
}
