import {
  LegendDisplayMode,
  LegendPlacement,
  type ReduceDataOptions,
  SortOrder,
  TooltipDisplayMode,
  type VizLegendOptions,
  type VizTooltipOptions,
} from '@grafana/grafana-foundation-sdk/common'
import { type FieldColor, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import type { Drawing } from './drawing.ts'

// Options that several kinds of panel share.

/** A tooltip with all series, highest first. */
export const tooltip: VizTooltipOptions = { mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending }
export const lastValue: ReduceDataOptions = { calcs: ['lastNotNull'], fields: '', values: false }

export const curves = { instant: false, format: PromQueryFormat.TimeSeries }
export const latest = { instant: true, format: PromQueryFormat.TimeSeries }

export const byLimits: FieldColor = { mode: FieldColorModeId.Thresholds }
export const bySeries: FieldColor = { mode: FieldColorModeId.PaletteClassic }
export const textColor: FieldColor = { mode: FieldColorModeId.Fixed, fixedColor: 'text' }

/** A colour that means neither good nor bad. */
export const neutral: FieldColor = { mode: FieldColorModeId.Fixed, fixedColor: 'blue' }

/** No legend for one curve, a list for a few named ones, a table with last and highest value if labels make many. */
export function legend({ queries }: Drawing): VizLegendOptions {
  const many = queries.some(({ labels }) => labels.length > 0)
  return {
    displayMode: many ? LegendDisplayMode.Table : LegendDisplayMode.List,
    // A table at the bottom shows two rows; on a narrow screen Grafana moves it there automatically.
    placement: many ? LegendPlacement.Right : LegendPlacement.Bottom,
    showLegend: many || queries.length > 1,
    calcs: many ? ['lastNotNull', 'max'] : [],
  }
}
export const noLegend: VizLegendOptions = {
  displayMode: LegendDisplayMode.List,
  placement: LegendPlacement.Bottom,
  showLegend: false,
  calcs: [],
}
