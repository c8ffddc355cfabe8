import type { PanelProps } from '@grafana/data'
import type { ComponentType } from 'react'
import { BarGauges } from './bar-gauges.tsx'
import { Curves } from './curves.tsx'
import { Gauges } from './gauges.tsx'
import { Heatmap } from './heatmap.tsx'
import { Pie } from './pie.tsx'
import { StateTimeline } from './state-timeline.tsx'
import { Stats } from './stats.tsx'
import { Table } from './table.tsx'
import { Text } from './text.tsx'

/** How one kind of panel is drawn. */
export interface Kind {
  /** Given values in `data` that are not empty; undefined where `unsupported` says why not. */
  readonly draw?: ComponentType<PanelProps>
  /** What a person reads where the preview cannot draw it. */
  readonly unsupported?: string
  readonly asksNothing?: boolean
  /** What Grafana assumes for fields where the JSON says nothing. */
  readonly fieldDefaults?: object
}

const kinds: Readonly<Record<string, Kind>> = {
  timeseries: {
    draw: Curves,
    fieldDefaults: {
      color: { mode: 'palette-classic' },
      custom: {
        drawStyle: 'line',
        lineInterpolation: 'linear',
        lineWidth: 1,
        fillOpacity: 0,
        gradientMode: 'none',
        showPoints: 'auto',
        pointSize: 5,
        spanNulls: false,
        barAlignment: 0,
        axisPlacement: 'auto',
        axisColorMode: 'text',
        scaleDistribution: { type: 'linear' },
        stacking: { mode: 'none', group: 'A' },
        thresholdsStyle: { mode: 'off' },
        hideFrom: { legend: false, tooltip: false, viz: false },
      },
    },
  },
  stat: { draw: Stats },
  gauge: { draw: Gauges },
  bargauge: { draw: BarGauges },
  table: { draw: Table, fieldDefaults: { custom: { align: 'auto', inspect: false, cellOptions: { type: 'auto' } } } },
  heatmap: { draw: Heatmap },
  'state-timeline': { draw: StateTimeline, fieldDefaults: { custom: { fillOpacity: 70, lineWidth: 0 } } },
  piechart: { draw: Pie },
  text: { draw: Text, asksNothing: true },
  logs: { unsupported: 'The preview cannot draw logs: it has no Loki to ask. In Grafana this panel shows the log.' },
}

/** The kind of a panel's type, or null for a type that is not known at all. */
export const kindNamed = (type: string): Kind | null => (Object.hasOwn(kinds, type) ? (kinds[type] ?? null) : null)
