import {
  GraphDrawStyle,
  type GraphFieldConfig,
  GraphThresholdsStyleMode,
  StackingMode,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common'
import type { Options } from '@grafana/grafana-foundation-sdk/timeseries'
import type { Drawing, Drawn } from './drawing.ts'
import { bySeries, curves, legend, tooltip } from './options.ts'

/** Curves or bars over time, with the limits of alerts as lines. */
export const timeseries = (drawing: Drawing): Drawn => {
  const { panel, placed } = drawing
  return {
    type: 'timeseries',
    color: bySeries,
    good: 'transparent',
    asks: curves,
    options: { legend: legend(drawing), tooltip } satisfies Options,
    custom: {
      drawStyle: panel.bars ? GraphDrawStyle.Bars : GraphDrawStyle.Line,
      lineWidth: 1,
      fillOpacity: panel.bars ? 60 : panel.stacked ? 30 : 8,
      showPoints: VisibilityMode.Auto,
      spanNulls: false,
      stacking: { mode: panel.stacked ? StackingMode.Normal : StackingMode.None, group: 'A' },
      thresholdsStyle: {
        mode: placed.thresholds.length > 0 ? GraphThresholdsStyleMode.Line : GraphThresholdsStyleMode.Off,
      },
    } satisfies GraphFieldConfig,
  }
}
