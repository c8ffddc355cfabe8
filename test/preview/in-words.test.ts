import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const panel = (id: number, type: string, title: string, expr: string, more: object = {}) => ({
  id,
  type,
  title,
  interval: '1m',
  gridPos: { x: ((id - 1) % 2) * 12, y: Math.floor((id - 1) / 2) * 7, w: 12, h: 7 },
  options: {
    legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [], values: ['percent'] },
    reduceOptions: { calcs: ['lastNotNull'] },
    orientation: 'auto',
    yAxis: { unit: 's' },
  },
  fieldConfig: { defaults: { unit: 'USDT', decimals: 1, ...more }, overrides: [] },
  targets: [{ refId: 'A', expr, legendFormat: '{{symbol}}', ...(type === 'heatmap' ? { format: 'heatmap' } : {}) }],
})

const mappings = [{ type: 'value', options: { '0': { text: 'closed', index: 0 }, '1': { text: 'open', index: 1 } } }]

const dashboard = JSON.stringify({
  title: 'In words',
  timezone: 'utc',
  panels: [
    panel(1, 'timeseries', 'Equity', 'equity'),
    panel(2, 'timeseries', 'Prices', 'many'),
    panel(3, 'timeseries', 'Spread', 'ended'),
    panel(4, 'heatmap', 'Latency', 'latency'),
    panel(5, 'state-timeline', 'Breaker', 'breaker', { mappings }),
    panel(6, 'piechart', 'Fees', 'equity'),
    panel(7, 'gauge', 'Margin', 'equity', { min: 0, max: 20_000 }),
  ],
  annotations: {
    list: [{ name: 'alerts', enable: true, expr: 'ALERTS', titleFormat: '{{alertname}}', tagKeys: 'symbol' }],
  },
})

/** For each query its series, by the minute since the beginning of what is asked for; null is a point that is missing. */
const answers: Readonly<
  Record<string, readonly { readonly metric: object; readonly at: (i: number) => number | null }[]>
> = {
  equity: [
    { metric: { symbol: 'BTCUSDT' }, at: (i) => 10_000 + i },
    { metric: { symbol: 'ETHUSDT' }, at: () => 500 },
  ],
  many: Array.from({ length: 20 }, (_, k) => ({ metric: { symbol: `COIN${k}` }, at: (i) => k + (i % 2) })),
  ended: [{ metric: { symbol: 'BTCUSDT' }, at: (i) => (i <= 40 ? 5 - i / 10 : null) }],
  latency: ['0.1', '0.5', '+Inf'].map((le, k) => ({ metric: { le }, at: (i) => (k + 1) * (i % 5) })),
  breaker: [{ metric: { symbol: 'BTCUSDT' }, at: (i) => (i < 41 ? 0 : 1) }],
  ALERTS: [{ metric: { alertname: 'HighDrawdown' }, at: (i) => (i >= 10 && i <= 25 ? 1 : null) }],
}

const prometheusOf = (t: TestContext) =>
  answeringServer(t, (path) => {
    const { searchParams } = new URL(path, 'http://prometheus')
    const query = searchParams.get('query') ?? ''
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(searchParams.get(name))) as [
      number,
      number,
      number,
    ]
    const result = (answers[query] ?? []).map(({ metric, at }) => ({
      metric,
      values: Array.from({ length: (end - start) / step + 1 }, (_, i) => start + i * step)
        .map((time) => [time, at(Math.floor((time - start) / 60))] as const)
        .filter(([, value]) => value !== null)
        .map(([time, value]) => [time, `${value}`]),
    }))
    return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
  })

test('what is drawn is also said: the last value and the range of each curve, states, shares, and when alerts fired', async (t) => {
  const window = await openWindow(t, 1440)
  if (window === undefined) return
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await prometheusOf(t),
    files: { 'a.json': dashboard },
  })
  const said = () =>
    window.page.evaluate<string[]>(
      `[...document.querySelectorAll('[data-panel]')].flatMap((panel) => [...panel.querySelectorAll('[data-in-words], [data-type="gauge"] svg')].map((one) => one.ariaLabel ?? one.textContent))`,
    )
  await window.seenAt(
    `${url}/d/tiny/a?from=2026-11-30T10:00:00Z&to=2026-11-30T11:00:00Z`,
    ({ panels }) => panels.length === 7,
  )
  await until('alerts are marked', 20_000, async () => ((await said())[2] ?? '').includes('Alerts fired') || null)
  const range = '2026-11-30 10:00:00 to 2026-11-30 11:00:00'
  const coins = Array.from(
    { length: 8 },
    (_, k) => `COIN${k}: last ${k}.0 USDT, between ${k}.0 USDT and ${k + 1}.0 USDT.`,
  )
  const fired = 'Alerts fired: HighDrawdown from 10:10:00 to 10:25:45.'
  assert.deepEqual(await said(), [
    `Equity, ${range}. BTCUSDT: last 10060.0 USDT, between 10000.0 USDT and 10060.0 USDT. ETHUSDT: last 500.0 USDT, always the same. ${fired}`,
    `Prices, ${range}. ${coins.join(' ')} And 12 more. ${fired}`,
    `Spread, ${range}. BTCUSDT: last 1.0 USDT at 10:40:45, between 1.0 USDT and 5.0 USDT. ${fired}`,
    `Latency, ${range}. up to 100 ms: last 0.0, between 0.0 and 4.0. up to 500 ms: last 0.0, between 0.0 and 4.0. above 500 ms: last 0.0, between 0.0 and 4.0.`,
    `Breaker, ${range}. BTCUSDT: open since 10:41:00; in all closed for 41 minutes, open for 19 minutes.`,
    'Fees: BTCUSDT 10060.0 USDT (95%), ETHUSDT 500.0 USDT (5%).',
    'BTCUSDT 10060.0 USDT, on a scale from 0 USDT to 20000 USDT',
    'ETHUSDT 500.0 USDT, on a scale from 0 USDT to 20000 USDT',
  ])

  await window.seenAt(`${url}/d/tiny/a?from=now-1h&to=now`, ({ panels }) => panels.length === 7)
  assert.match((await said())[0] ?? '', /^Equity, last 1 hour\. BTCUSDT: last 10060\.0 USDT, between/)
  assert.deepEqual(window.errors, [])
})
