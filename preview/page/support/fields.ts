import type { FieldConfig, GraphFieldConfig, TableFieldOptions } from '@grafana/schema'
import type { FieldConfig as HeatmapFields } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'
import type { FieldConfig as PieChartFields } from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen'
import type { FieldConfig as StateTimelineFields } from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen'
import type { Support, SupportOf } from './support.ts'

/** What is drawn of a field's standard properties, in all kinds of panels. */
export const standardFieldSupport = {
  actions: false,
  color: true,
  custom: true,
  decimals: true,
  description: true,
  displayName: true,
  displayNameFromDS: true,
  filterable: true,
  links: true,
  mappings: true,
  max: true,
  min: true,
  noValue: true,
  path: true,
  thresholds: true,
  unit: true,
  writeable: true,
  // Known to Grafana's panels, but not part of its schema.
  fieldMinMax: true,
} satisfies SupportOf<FieldConfig> & Readonly<Record<string, Support>>

const curves = {
  axisBorderShow: true,
  axisCenteredZero: true,
  axisColorMode: true,
  axisGridShow: true,
  axisLabel: true,
  axisPlacement: true,
  axisSoftMax: true,
  axisSoftMin: true,
  axisWidth: true,
  barAlignment: true,
  barMaxWidth: true,
  barWidthFactor: true,
  drawStyle: true,
  fillBelowTo: true,
  fillColor: false,
  fillOpacity: true,
  gradientMode: true,
  hideFrom: true,
  insertNulls: true,
  lineColor: true,
  lineInterpolation: true,
  lineStyle: true,
  lineWidth: true,
  pointColor: false,
  pointSize: true,
  pointSymbol: false,
  scaleDistribution: true,
  showPoints: true,
  showValues: [false],
  spanNulls: true,
  stacking: true,
  thresholdsStyle: true,
  transform: true,
} satisfies SupportOf<GraphFieldConfig>

/** The types of a table's cells. */
const cellTypes = [
  'auto',
  'basic',
  'color-background',
  'color-background-solid',
  'color-text',
  'gauge',
  'gradient-gauge',
  'image',
  'json-view',
  'lcd-gauge',
  'markdown',
  'pill',
] as const

const cells = {
  align: true,
  cellOptions: { type: cellTypes },
  displayMode: cellTypes,
  filterable: true,
  footer: true,
  hideFrom: true,
  hideHeader: true,
  inspect: true,
  minWidth: true,
  sortable: true,
  styleField: true,
  tooltip: true,
  width: true,
  wrapHeaderText: true,
  wrapText: true,
} satisfies SupportOf<TableFieldOptions>

const buckets = { hideFrom: true, scaleDistribution: { type: ['linear'] } } satisfies SupportOf<HeatmapFields>

const states = {
  axisBorderShow: false,
  axisCenteredZero: false,
  axisColorMode: ['text'],
  axisGridShow: false,
  axisLabel: [''],
  axisPlacement: ['auto', 'left'],
  axisSoftMax: true,
  axisSoftMin: true,
  axisWidth: false,
  fillOpacity: true,
  hideFrom: true,
  lineWidth: true,
  scaleDistribution: true,
} satisfies SupportOf<StateTimelineFields>

const slices = { hideFrom: true } satisfies SupportOf<PieChartFields>

/** What is drawn of the properties that a kind of panel adds to its fields. */
export const customFieldSupport: Readonly<Record<string, Readonly<Record<string, Support>>>> = {
  timeseries: curves,
  // Cells of a table may hide a column in Grafana 11 and 12.
  table: { ...cells, hidden: true },
  heatmap: buckets,
  // The last two are options of Grafana's panel, but not part of its schema.
  'state-timeline': { ...states, spanNulls: [false], insertNulls: [false] },
  piechart: slices,
  logs: {},
}

/** The names of all properties that are drawn in some kind of panel. */
export const customFields: readonly string[] = [
  ...new Set(
    Object.values(customFieldSupport).flatMap((fields) =>
      Object.entries(fields).flatMap(([name, support]) => (support === false ? [] : [name])),
    ),
  ),
]
