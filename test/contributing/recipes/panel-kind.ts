import type { Recipe } from '../recipe.ts'

/** Histogram: how often values occur, as Grafana's panel of that name draws it. */
export const panelKind: Recipe = {
  setup: [
    {
      file: 'definitions/mcbot/dashboards/exchange.ts',
      before: "    failures: stat({ title: 'Consecutive failures'",
      insert: "    spread: histogramPanel({ title: 'Rate limits', show: metrics.exchange_rate_limit_used }),\n",
    },
    {
      file: 'definitions/mcbot/dashboards/exchange.ts',
      replace: "['streams', 'failures', 'rateLimitShare', 'banLeft']",
      by: "['streams', 'failures', 'spread', 'rateLimitShare', 'banLeft']",
    },
    {
      file: 'definitions/mcbot/dashboards/exchange.ts',
      replace: '  histogram_quantile,\n',
      by: '  histogram_quantile,\n  histogramPanel,\n',
    },
  ],
  edits: [
    { file: 'definitions/language/panel.ts', replace: "  | 'heatmap'\n", by: "  | 'heatmap'\n  | 'histogram'\n" },
    {
      file: 'definitions/language/panel.ts',
      before: '/** Shares of a whole. */',
      insert: `/** How often values occur. */
export const histogramPanel = <const S>(options: Options<Showing<S>>): AnyPanel => drawn('histogram', options)
`,
    },
    {
      file: 'definitions/language/index.ts',
      replace: '  heatmap,\n  logs,\n',
      by: '  heatmap,\n  histogramPanel,\n  logs,\n',
    },
    { file: 'generators/resolve/layout.ts', replace: '  heatmap: 12,\n', by: '  heatmap: 12,\n  histogram: 12,\n' },
    {
      file: 'generators/resolve/layout.ts',
      replace: '  table: 8,\n  heatmap: 8,\n',
      by: '  table: 8,\n  heatmap: 8,\n  histogram: 8,\n',
    },
    {
      file: 'generators/outputs/grafana/histogram.ts',
      create: `import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/histogram'
import type { PanelBody } from './drawing.ts'
import { bySeries, latest } from './options.ts'

/** How often values occur. */
export const histogramBody = (): PanelBody => ({
  type: 'histogram',
  color: bySeries,
  asks: latest,
  options: { ...defaultOptions() } satisfies Options,
})
`,
    },
    {
      file: 'generators/outputs/grafana/panel.ts',
      before: 'import { linesQuery, logsPanel }',
      insert: "import { histogramBody } from './histogram.ts'\n",
    },
    {
      file: 'generators/outputs/grafana/panel.ts',
      replace: '  heatmap: heatmapPanel,\n',
      by: '  heatmap: heatmapPanel,\n  histogram: histogramBody,\n',
    },
    {
      file: 'generators/outputs/reference/dashboards.ts',
      replace: "  heatmap: 'heatmap',\n",
      by: "  heatmap: 'heatmap',\n  histogram: 'histogram',\n",
    },
    {
      file: 'generators/checks/panels/two-units.ts',
      replace: '  heatmap: false,\n',
      by: '  heatmap: false,\n  histogram: true,\n',
    },
    {
      file: 'preview/page/panels/renderers.ts',
      before: '  piechart:',
      insert: "  histogram: { unsupported: 'The preview does not draw histograms yet.' },\n",
    },
    {
      file: 'test/bench/defects/kinds.ts',
      replace: '(?:timeseries|stat|',
      by: '(?:timeseries|histogramPanel|stat|',
    },
  ],
  generated: { 'out/mcbot/grafana/dashboards/exchange.json': /"type": "histogram"/ },
}
