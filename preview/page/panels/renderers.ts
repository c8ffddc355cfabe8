import { type FieldConfigSource, MappingType, type PanelProps, SpecialValueMatch } from '@grafana/data'
import type { ComponentType } from 'react'
import type { WithoutNumbers } from '../prometheus/state.ts'

/** How one kind of panel is drawn. */
export interface PanelRenderer {
  /** Loads what draws the values in `data`, which are not empty; undefined if `unsupported` says why not. */
  readonly load?: () => Promise<ComponentType<PanelProps>>
  /** The text shown if the preview cannot draw it. */
  readonly unsupported?: string
  readonly asksNothing?: boolean
  /** Whether each value is written, or only what a calculation over a series yields; without it values are drawn only. */
  readonly writes?: 'values' | 'calculations'
  /** Whether it shows only the fields that `reduceOptions` names, all numbers by default. */
  readonly reduces?: true
  /** Grafana's defaults for fields that the JSON does not set. */
  readonly fieldDefaults?: object
}

const kinds: Readonly<Record<string, PanelRenderer>> = {
  timeseries: {
    load: async () => (await import('./curves.tsx')).TimeseriesPanel,
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
  stat: { load: async () => (await import('./stats.tsx')).StatPanel, writes: 'calculations', reduces: true },
  gauge: { load: async () => (await import('./gauges.tsx')).GaugePanel, writes: 'calculations', reduces: true },
  bargauge: {
    load: async () => (await import('./bar-gauges.tsx')).BarGaugePanel,
    writes: 'calculations',
    reduces: true,
  },
  table: {
    load: async () => (await import('./table.tsx')).TablePanel,
    writes: 'values',
    fieldDefaults: { custom: { align: 'auto', inspect: false, cellOptions: { type: 'auto' } } },
  },
  heatmap: { load: async () => (await import('./heatmap.tsx')).HeatmapPanel },
  'state-timeline': {
    load: async () => (await import('./state-timeline.tsx')).StateTimelinePanel,
    writes: 'values',
    fieldDefaults: { color: { mode: 'continuous-GrYlRd' }, custom: { fillOpacity: 70, lineWidth: 0 } },
  },
  piechart: {
    load: async () => (await import('./pie.tsx')).PiePanel,
    reduces: true,
    fieldDefaults: { color: { mode: 'palette-classic' } },
  },
  text: { load: async () => (await import('./text.tsx')).TextPanel, asksNothing: true },
  logs: { load: async () => (await import('./log-lines.tsx')).LogLinesPanel, writes: 'values' },
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
