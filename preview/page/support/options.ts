import type {
  HeatmapCalculationOptions,
  ReduceDataOptions,
  VizAnnotations,
  VizLegendOptions,
  VizTextDisplayOptions,
  VizTooltipOptions,
} from '@grafana/schema'
import type { Options as BarGauge } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen'
import type {
  Options as Gauge,
  GaugePanelEffects,
} from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen'
import type {
  Options as Heatmap,
  HeatmapColorOptions,
  YAxisConfig,
} from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'
import type { Options as Logs } from '@grafana/schema/dist/esm/raw/composable/logs/panelcfg/x/LogsPanelCfg_types.gen'
import type { Options as PieChart } from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen'
import type { Options as Stat } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen'
import type { Options as StateTimeline } from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen'
import type { Options as Table } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen'
import type { Options as Text } from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen'
import type {
  Options as TimeSeries,
  TimeSeriesLegendOptions,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen'
import type { Support, SupportOf } from './support.ts'

const legend = {
  asTable: true,
  calcs: true,
  displayMode: true,
  isVisible: true,
  limit: true,
  overflow: true,
  placement: true,
  showLegend: true,
  sortBy: true,
  sortDesc: true,
  width: true,
} satisfies SupportOf<VizLegendOptions>

const tooltip = {
  hideZeros: true,
  maxHeight: true,
  maxWidth: true,
  mode: true,
  sort: true,
} satisfies SupportOf<VizTooltipOptions>

const reduceOptions = {
  calcs: true,
  fields: true,
  limit: true,
  values: true,
} satisfies SupportOf<ReduceDataOptions>

const sizes = { percentSize: true, titleSize: true, valueSize: true } satisfies SupportOf<VizTextDisplayOptions>

const annotations = {
  clustering: false,
  lines: false,
  multiLane: false,
  regions: false,
} satisfies SupportOf<VizAnnotations>

const timeseries = {
  annotations,
  disableKeyboardEvents: true,
  legend: {
    ...legend,
    enableFacetedFilter: true,
    facetedFilterPinned: true,
  } satisfies SupportOf<TimeSeriesLegendOptions>,
  orientation: ['auto', 'horizontal'],
  timeCompare: { timeCompare: false },
  timezone: true,
  tooltip,
} satisfies SupportOf<TimeSeries>

const stat = {
  colorMode: true,
  graphMode: true,
  justifyMode: true,
  orientation: true,
  percentChangeColorMode: true,
  reduceOptions,
  showPercentChange: true,
  text: sizes,
  textMode: true,
  wideLayout: true,
} satisfies SupportOf<Stat>

const gauge = {
  barShape: false,
  barWidthFactor: false,
  effects: { barGlow: false, centerGlow: false, gradient: true } satisfies SupportOf<GaugePanelEffects>,
  endpointMarker: false,
  minVizHeight: true,
  minVizWidth: true,
  neutral: false,
  orientation: true,
  reduceOptions,
  segmentCount: false,
  segmentSpacing: true,
  shape: false,
  showThresholdLabels: false,
  showThresholdMarkers: true,
  sizing: true,
  sparkline: false,
  text: false,
  textMode: false,
} satisfies SupportOf<Gauge>

const bargauge = {
  displayMode: true,
  legend: { ...legend, showLegend: [false] },
  maxVizHeight: true,
  minVizHeight: true,
  minVizWidth: true,
  namePlacement: true,
  orientation: true,
  reduceOptions,
  showUnfilled: true,
  sizing: true,
  text: sizes,
  valueMode: true,
} satisfies SupportOf<BarGauge>

const table = {
  cellHeight: true,
  disableKeyboardEvents: true,
  enablePagination: true,
  frameIndex: true,
  frozenColumns: true,
  maxRowHeight: true,
  pageSize: true,
  showHeader: true,
  showTypeIcons: true,
  sortBy: true,
} satisfies SupportOf<Table>

const heatmap = {
  annotations,
  // `calculate` replaces the drawing, see `cannotDraw`.
  calculate: true,
  calculation: { xBuckets: true, yBuckets: true } satisfies SupportOf<HeatmapCalculationOptions>,
  cellGap: true,
  cellRadius: false,
  cellValues: true,
  color: {
    exponent: true,
    fill: true,
    max: true,
    min: true,
    mode: true,
    reverse: true,
    scale: true,
    scheme: true,
    steps: true,
  } satisfies SupportOf<HeatmapColorOptions>,
  // Their queries are named.
  exemplars: true,
  filterValues: true,
  legend: { show: true, placement: ['bottom'], width: true },
  rowsFrame: { layout: ['auto', 'le'], value: true, yBucketScale: false },
  selectionMode: true,
  showValue: true,
  tooltip: true,
  yAxis: {
    axisBorderShow: false,
    axisCenteredZero: false,
    axisColorMode: ['text'],
    axisGridShow: false,
    axisLabel: [''],
    axisPlacement: ['left', 'auto'],
    axisSoftMax: false,
    axisSoftMin: false,
    axisWidth: false,
    decimals: true,
    max: false,
    min: false,
    reverse: true,
    scaleDistribution: false,
    unit: true,
  } satisfies SupportOf<YAxisConfig>,
} satisfies SupportOf<Heatmap>

const stateTimeline = {
  alignValue: true,
  annotations,
  legend,
  mergeValues: true,
  perPage: true,
  rowHeight: true,
  showValue: true,
  timezone: [],
  tooltip,
} satisfies SupportOf<StateTimeline>

const piechart = {
  displayLabels: true,
  legend: { ...legend, values: true },
  orientation: true,
  pieType: true,
  reduceOptions,
  sort: true,
  text: false,
  tooltip,
} satisfies SupportOf<PieChart>

/** What only Grafana's own page gives a panel of logs: buttons, and what they call. */
const logButtons = {
  controlsStorageKey: true,
  grammar: true,
  isFilterLabelActive: true,
  logLineMenuCustomItems: true,
  logRowMenuIconsAfter: true,
  logRowMenuIconsBefore: true,
  noInteractions: true,
  onClickFilterLabel: true,
  onClickFilterOutLabel: true,
  onClickFilterOutString: true,
  onClickFilterString: true,
  onClickHideField: true,
  onClickShowField: true,
  onLogOptionsChange: true,
  onNewLogsReceived: true,
  setDisplayedFields: true,
} as const

const logs = {
  ...logButtons,
  allowDownload: [false],
  dedupStrategy: ['none'],
  detailsMode: ['inline'],
  displayedFields: false,
  enableInfiniteScrolling: [false],
  enableLogDetails: true,
  fontSize: true,
  prettifyLogMessage: true,
  showCommonLabels: [false],
  showControls: [false],
  showFieldSelector: [false],
  showLabels: [false],
  showLevel: true,
  showLogAttributes: true,
  showLogContextToggle: [false],
  showTime: true,
  sortOrder: true,
  syntaxHighlighting: [false],
  timestampResolution: ['ms'],
  unwrappedColumns: [false],
  wrapLogMessage: true,
} satisfies SupportOf<Logs>

const text = {
  code: { language: true, showLineNumbers: true, showMiniMap: false },
  content: true,
  mode: true,
  renderMode: ['once'],
} satisfies SupportOf<Text>

/** What is drawn of each kind's options. */
export const optionSupport: Readonly<Record<string, Support>> = {
  timeseries,
  stat,
  gauge,
  bargauge,
  table: { ...table, footer: { show: true, reducer: true, countRows: false, fields: true, enablePagination: true } },
  heatmap,
  'state-timeline': stateTimeline,
  piechart,
  logs,
  text,
}
