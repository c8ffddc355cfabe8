import { HeatmapCellLayout, TooltipDisplayMode } from '@grafana/grafana-foundation-sdk/common'
import { defaultOptions, HeatmapColorMode, type Options } from '@grafana/grafana-foundation-sdk/heatmap'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import type { Drawing, PanelBody } from './drawing.ts'
import { textColor } from './options.ts'

/** The buckets of a histogram over time; the axis is in the histogram's unit, a cell is a count. */
export const heatmapPanel = ({ queries }: Drawing): PanelBody => {
  const usual = defaultOptions()
  return {
    type: 'heatmap',
    color: textColor,
    asks: { instant: false, format: PromQueryFormat.Heatmap },
    options: {
      ...usual,
      calculate: false,
      color: { ...usual.color, mode: HeatmapColorMode.Scheme, scheme: 'Blues', reverse: false },
      rowsFrame: { layout: HeatmapCellLayout.Auto },
      yAxis: { unit: queries[0]?.unit.id ?? 'none' },
      cellValues: { unit: 'short' },
      tooltip: { mode: TooltipDisplayMode.Single, yHistogram: false, showColorScale: false },
    } satisfies Options,
    custom: { scaleDistribution: { type: 'linear' }, hideFrom: { legend: false, tooltip: false, viz: false } },
  }
}
