import { defaultOptions as barGauge } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen'
import { defaultOptions as gauge } from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen'
import { defaultOptions as heatmap } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'
import { defaultOptions as stat } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen'
import { defaultOptions as stateTimeline } from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen'
import { defaultOptions as table } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen'
import { defaultOptions as text } from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen'

const legend = { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] }
const tooltip = { mode: 'single', sort: 'none' }
const value = { reduceOptions: { values: false, calcs: ['lastNotNull'], fields: '' }, orientation: 'auto' }

/** Grafana's defaults for the options that a panel's JSON omits, by the type of panel; only a part of them is in its schema. */
export const optionDefaults: Readonly<Record<string, object>> = {
  timeseries: { legend, tooltip },
  stat: { ...stat, ...value },
  gauge: { ...gauge, ...value, sparkline: false },
  bargauge: { ...barGauge, ...value, legend: { ...legend, showLegend: false } },
  table,
  heatmap: {
    ...heatmap,
    color: { ...heatmap.color, mode: 'scheme', scale: 'exponential' },
    yAxis: { axisPlacement: 'left' },
    rowsFrame: { layout: 'auto' },
  },
  logs: {
    showTime: false,
    wrapLogMessage: false,
    prettifyLogMessage: false,
    enableLogDetails: true,
    sortOrder: 'Descending',
    dedupStrategy: 'none',
    detailsMode: 'inline',
    fontSize: 'default',
    timestampResolution: 'ms',
    showLevel: true,
  },
  'state-timeline': { ...stateTimeline, legend, tooltip },
  piechart: { ...value, pieType: 'pie', sort: 'desc', displayLabels: [], legend: { ...legend, values: [] }, tooltip },
  text,
}
