import { LegendDisplayMode, LegendPlacement } from '@grafana/grafana-foundation-sdk/common'
import {
  defaultOptions,
  type Options,
  PieChartLegendValues,
  PieChartType,
} from '@grafana/grafana-foundation-sdk/piechart'
import type { PanelBody } from './drawing.ts'
import { bySeries, lastValue, latest, tooltip } from './options.ts'

/** Shares of a whole, with their amounts in the legend. */
export const piePanel = (): PanelBody => ({
  type: 'piechart',
  color: bySeries,
  asks: latest,
  options: {
    ...defaultOptions(),
    pieType: PieChartType.Donut,
    reduceOptions: lastValue,
    tooltip,
    legend: {
      displayMode: LegendDisplayMode.Table,
      placement: LegendPlacement.Right,
      showLegend: true,
      values: [PieChartLegendValues.Value, PieChartLegendValues.Percent],
      calcs: [],
    },
  } satisfies Options,
})
