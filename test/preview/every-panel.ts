import type { TestContext } from 'node:test'
import { answeringServer } from './preview-of.ts'

// A dashboard with every kind of panel, and every state that one can be in.

const minute = 60
const points = 60

interface Target {
  readonly expr: string
  readonly format?: string
  readonly instant?: boolean
  readonly legendFormat?: string
}

const panel = (
  id: number,
  type: string,
  title: string,
  target: Target | null,
  more: { readonly options?: object; readonly defaults?: object } = {},
) => ({
  id,
  type,
  title,
  description: `What ${title.toLowerCase()} means.`,
  options: {
    legend: {
      showLegend: type !== 'bargauge',
      displayMode: 'list',
      placement: 'bottom',
      calcs: [],
      values: ['value', 'percent'],
    },
    reduceOptions: { calcs: ['lastNotNull'] },
    showHeader: true,
    showValue: 'auto',
    colorMode: 'value',
    graphMode: 'area',
    orientation: 'auto',
    ...more.options,
  },
  fieldConfig: { defaults: { unit: 'USDT', decimals: 2, ...more.defaults }, overrides: [] },
  interval: '1m',
  ...(target === null ? {} : { targets: [{ refId: 'A', ...target }] }),
})

const steps = [
  { value: null, color: 'green' },
  { value: 9000, color: 'orange' },
  { value: 10_500, color: 'red' },
]
const states = {
  mappings: [
    {
      type: 'value',
      options: { '0': { text: 'closed', index: 0, color: 'green' }, '1': { text: 'open', index: 1, color: 'red' } },
    },
  ],
}

const links = [{ title: 'Runbook', url: 'https://example.org/runbook' }]

const fine = [
  panel(1, 'timeseries', 'Equity', { expr: 'equity', legendFormat: '{{symbol}}' }),
  panel(
    2,
    'stat',
    'Balance',
    { expr: 'equity', legendFormat: '{{symbol}}' },
    { defaults: { thresholds: { mode: 'absolute', steps } } },
  ),
  panel(3, 'stat', 'Bot', { expr: 'one' }, { options: { colorMode: 'background', graphMode: 'none' } }),
  panel(
    4,
    'gauge',
    'Margin',
    { expr: 'equity', legendFormat: '{{symbol}}' },
    { defaults: { min: 0, max: 20_000, thresholds: { mode: 'absolute', steps } } },
  ),
  panel(
    5,
    'bargauge',
    'Exposure',
    { expr: 'equity', legendFormat: '{{symbol}}' },
    { defaults: { thresholds: { mode: 'absolute', steps } } },
  ),
  panel(
    6,
    'table',
    'Positions',
    { expr: 'equity', format: 'table', instant: true },
    { defaults: { custom: { cellOptions: { type: 'color-text' } }, thresholds: { mode: 'absolute', steps } } },
  ),
  panel(
    16,
    'timeseries',
    'Fills',
    { expr: 'equity', legendFormat: '{{symbol}}' },
    { options: { legend: { showLegend: true, displayMode: 'table', placement: 'right', calcs: ['last', 'max'] } } },
  ),
  panel(
    17,
    'bargauge',
    'Many',
    { expr: 'many', legendFormat: '{{symbol}}' },
    { options: { orientation: 'horizontal' } },
  ),
  panel(
    7,
    'heatmap',
    'Latency',
    { expr: 'latency_bucket', format: 'heatmap', legendFormat: '{{le}}' },
    { options: { yAxis: { unit: 's' }, legend: { show: true } } },
  ),
  panel(
    8,
    'state-timeline',
    'Breaker',
    { expr: 'breaker', legendFormat: '{{symbol}}' },
    { defaults: { ...states, links } },
  ),
  panel(9, 'piechart', 'Fees', { expr: 'equity', legendFormat: '{{symbol}}' }, { defaults: { links } }),
  panel(10, 'text', 'Note', null, {
    options: { mode: 'markdown', content: `**Read** the [runbook](https://example.org). ${'More words. '.repeat(60)}` },
  }),
]
const troubled = [
  panel(11, 'timeseries', 'Liquidations', { expr: 'missing' }, { defaults: { noValue: 'nothing was liquidated' } }),
  panel(12, 'stat', 'Undeclared', { expr: 'missing' }),
  panel(13, 'timeseries', 'Refused', { expr: 'refused' }),
  panel(18, 'stat', 'Refused at length', { expr: 'refused_at_length' }),
  panel(14, 'nodeGraph', 'Graph', null),
]

const placed = (panels: readonly ReturnType<typeof panel>[], from: number) =>
  panels.map((one, i) => ({ ...one, gridPos: { x: (i % 3) * 8, y: from + Math.floor(i / 3) * 8, w: 8, h: 8 } }))

/** Every panel kind in one row, every trouble in another, and a row that is closed. */
export const everyPanel = JSON.stringify({
  title: 'Every panel',
  timezone: 'utc',
  time: { from: 'now-1h', to: 'now' },
  timepicker: { refresh_intervals: ['1s', '5s', '1h'] },
  panels: [
    { id: 100, type: 'row', title: 'Fine', gridPos: { x: 0, y: 0, w: 24, h: 1 } },
    ...placed(fine, 1),
    { id: 101, type: 'row', title: 'Troubled', gridPos: { x: 0, y: 40, w: 24, h: 1 } },
    ...placed(troubled, 41),
    {
      id: 102,
      type: 'row',
      title: 'Closed',
      collapsed: true,
      gridPos: { x: 0, y: 60, w: 24, h: 1 },
      panels: placed([panel(15, 'stat', 'Hidden', { expr: 'one' })], 61),
    },
  ],
  templating: {
    list: [
      { type: 'query', name: 'symbol', label: 'Symbol', query: 'label_values(symbol)', multi: true, includeAll: true },
    ],
  },
})

/** How many of its panels are shown. */
export const everyPanelCount = fine.length + troubled.length

const symbols = ['BTCUSDT', 'ETHUSDT']

/** The series of a query; `at` gives its values by time step, the last one being `points - 1`. */
const seriesOf: Readonly<Record<string, readonly { readonly metric: object; readonly at: (i: number) => number }[]>> = {
  equity: symbols.map((symbol, k) => ({ metric: { symbol }, at: (i) => 10_000 + 1000 * k + 10 * (i % 30) })),
  one: [{ metric: { bot: 'tiny' }, at: () => 1 }],
  breaker: symbols.map((symbol) => ({ metric: { symbol }, at: (i) => (i < 40 ? 0 : 1) })),
  latency_bucket: ['0.1', '0.5', '+Inf'].map((le, k) => ({ metric: { le }, at: (i) => (k + 1) * (i % 5) })),
  many: Array.from({ length: 30 }, (_, k) => ({ metric: { symbol: `COIN${k}` }, at: () => 8000 + 100 * k })),
  missing: [],
}

/** What is refused at first. */
const refusals = (expr: string): string | null =>
  expr === 'refused'
    ? 'parse error: no such thing'
    : expr === 'refused_at_length'
      ? `parse error: ${'no such thing, '.repeat(80)}`
      : null

/** A Prometheus for these panels. */
export async function standIn(t: TestContext) {
  let reason = refusals
  let nothing: string | null = null
  let asked = 0
  const url = await answeringServer(t, (path) => {
    asked += 1
    const { pathname, searchParams } = new URL(path, 'http://prometheus')
    const expr = searchParams.get('query') ?? ''
    const wrong = reason(expr)
    if (wrong !== null) return JSON.stringify({ status: 'error', errorType: 'bad_data', error: wrong })
    if (pathname.includes('/label/')) return JSON.stringify({ status: 'success', data: symbols })
    const last = Math.floor(Date.now() / 1000 / minute) * minute
    const result = (expr === nothing ? [] : (seriesOf[expr] ?? [])).map(({ metric, at }) => {
      const values = Array.from({ length: points }, (_, i) => [last - minute * (points - 1 - i), `${at(i)}`])
      return pathname.endsWith('query_range') ? { metric, values } : { metric, value: values.at(-1) }
    })
    const resultType = pathname.endsWith('query_range') ? 'matrix' : 'vector'
    return JSON.stringify({ status: 'success', data: { resultType, result } })
  })
  return {
    url,
    /** How many questions it was asked. */
    asked: () => asked,
    /** Sets what is refused, by the reason for each query; without an argument, what is refused at first. */
    refuse: (next: (expr: string) => string | null = refusals) => {
      reason = next
    },
    /** Sets the one query that has no answer. */
    withhold: (expr: string | null) => {
      nothing = expr
    },
  }
}
