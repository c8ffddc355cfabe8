import {
  GraphDrawStyle,
  type GraphFieldConfig,
  GraphThresholdsStyleMode,
  StackingMode,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common'
import type { Options } from '@grafana/grafana-foundation-sdk/timeseries'
import type { Drawing, PanelBody } from './drawing.ts'
import { isLimited } from './limits.ts'
import { bySeries, curves, legend, neutral, tooltip } from './options.ts'

/** If all values are zero, the axis is small and starts at zero, instead of reaching up to 100; a limit is always visible. */
function leastRange({ panel, placed, queries }: Drawing): Pick<GraphFieldConfig, 'axisSoftMin' | 'axisSoftMax'> {
  const shown = [...panel.show, ...panel.figures]
  const isCount = shown.length > 0 && shown.every(({ unit }) => unit.dim === 'count')
  if (!isCount) return {}
  const limits = [...placed.thresholds, ...shown.flatMap((one) => one.limits)].map(({ value }) => value)
  return { axisSoftMin: 0, axisSoftMax: Math.max(1, ...limits.map((value) => value * (queries[0]?.unit.factor ?? 1))) }
}

/** Curves or bars over time, with the limits of alerts as lines. */
export const timeseriesPanel = (drawing: Drawing): PanelBody => {
  const { panel, queries } = drawing
  const alone = queries.length === 1 && queries.every(({ labels }) => labels.length === 0)
  return {
    type: 'timeseries',
    color: alone ? neutral : bySeries,
    good: 'transparent',
    asks: curves,
    options: { legend: legend(drawing), tooltip } satisfies Options,
    custom: {
      drawStyle: panel.bars ? GraphDrawStyle.Bars : GraphDrawStyle.Line,
      lineWidth: 1,
      fillOpacity: panel.bars ? 60 : panel.stacked ? 30 : 8,
      showPoints: VisibilityMode.Auto,
      spanNulls: false,
      ...leastRange(drawing),
      stacking: { mode: panel.stacked ? StackingMode.Normal : StackingMode.None, group: 'A' },
      thresholdsStyle: {
        mode: isLimited(drawing) ? GraphThresholdsStyleMode.Line : GraphThresholdsStyleMode.Off,
      },
    } satisfies GraphFieldConfig,
  }
}
