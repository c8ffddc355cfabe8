import { type FieldConfigSource, MappingType, type PanelProps, SpecialValueMatch } from '@grafana/data'
import type { ComponentType } from 'react'
import type { WithoutNumbers } from '../prometheus/state.ts'
import { BarGaugePanel } from './bar-gauges.tsx'
import { TimeseriesPanel } from './curves.tsx'
import { GaugePanel } from './gauges.tsx'
import { HeatmapPanel } from './heatmap.tsx'
import { PiePanel } from './pie.tsx'
import { StateTimelinePanel } from './state-timeline.tsx'
import { StatPanel } from './stats.tsx'
import { TablePanel } from './table.tsx'
import { TextPanel } from './text.tsx'

/** How one kind of panel is drawn. */
export interface PanelRenderer {
  /** Draws the values in `data`, which are not empty; undefined if `unsupported` says why not. */
  readonly draw?: ComponentType<PanelProps>
  /** The text shown if the preview cannot draw it. */
  readonly unsupported?: string
  readonly asksNothing?: boolean
  /** Whether each value is written, or only what a calculation over a series yields; without it values are drawn only. */
  readonly writes?: 'values' | 'calculations'
  /** Grafana's defaults for fields that the JSON does not set. */
  readonly fieldDefaults?: object
}

const kinds: Readonly<Record<string, PanelRenderer>> = {
  timeseries: {
    draw: TimeseriesPanel,
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
  stat: { draw: StatPanel, writes: 'calculations' },
  gauge: { draw: GaugePanel, writes: 'calculations' },
  bargauge: { draw: BarGaugePanel, writes: 'calculations' },
  table: {
    draw: TablePanel,
    writes: 'values',
    fieldDefaults: { custom: { align: 'auto', inspect: false, cellOptions: { type: 'auto' } } },
  },
  heatmap: { draw: HeatmapPanel },
  'state-timeline': {
    draw: StateTimelinePanel,
    writes: 'values',
    fieldDefaults: { color: { mode: 'continuous-GrYlRd' }, custom: { fillOpacity: 70, lineWidth: 0 } },
  },
  piechart: { draw: PiePanel, fieldDefaults: { color: { mode: 'palette-classic' } } },
  text: { draw: TextPanel, asksNothing: true },
  logs: { unsupported: 'The preview cannot draw logs: it has no Loki to query. In Grafana this panel shows the log.' },
}

/** The renderer of a panel type, or null for an unknown type. */
export const rendererOf = (type: string): PanelRenderer | null =>
  Object.hasOwn(kinds, type) ? (kinds[type] ?? null) : null

interface PanelOptions {
  readonly fieldConfig?: FieldConfigSource
  readonly options?: { readonly reduceOptions?: { readonly calcs?: readonly string[]; readonly values?: boolean } }
}

/** How a panel treats a result without numbers: NaN has a text if a mapping names it and it is written. */
export function withoutNumbers({ writes }: PanelRenderer, { fieldConfig, options }: PanelOptions): WithoutNumbers {
  const { noValue, mappings = [] } = fieldConfig?.defaults ?? {}
  const { calcs = [], values = false } = options?.reduceOptions ?? {}
  // Grafana's other calculations skip NaN.
  const isWritten =
    writes === 'values' || (writes === 'calculations' && (values || /^(?:first|last)$/.test(`${calcs[0]}`)))
  const isMapped = mappings.some(
    ({ type, options }) =>
      type === MappingType.SpecialValue &&
      (options.match === SpecialValueMatch.NaN || options.match === SpecialValueMatch.NullAndNaN),
  )
  return { emptyMeans: noValue, namesNaN: isWritten && isMapped }
}
