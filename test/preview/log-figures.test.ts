import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figuresBot } from '../fixtures/figures-bot.ts'
import { previewDist } from './browser.ts'
import { dashboardsOf, logStore, withoutSeries } from './log-store.ts'
import { panel } from './open-dashboard.ts'
import { previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

// Figures over the lines of a real VictoriaLogs, in the panels that are generated for them.

const filled = (seconds: number, symbol: string, latency_ms: number) => ({
  event: 'order_filled',
  level: 'info',
  ts: new Date(Date.now() - 1000 * seconds).toISOString(),
  symbol,
  side: 'buy',
  price: 100,
  latency_ms,
})

test('figures over lines are the same in every kind of panel, and count a line once that was delivered twice', async (t) => {
  const window = await openWindow(t, 1440)
  if (window === undefined) return
  const store = await logStore(t)
  if (store === undefined) return
  const twice = { ...filled(100, 'BTCUSDT', 300), seq: 1000 }
  await store.insert([filled(130, 'BTCUSDT', 100), filled(120, 'BTCUSDT', 200), filled(110, 'ETHUSDT', 50), twice])
  await store.insert([twice])
  const files = dashboardsOf(figuresBot)
  const prometheus = await withoutSeries(t)
  const { url } = await previewOf(t, { page: previewDist, prometheus, logs: store.url, files })
  const { panels, cut } = await window.seenAt(
    `${url}/d/tiny/figures?from=now-15m&to=now&refresh=1h`,
    ({ panels }) => panels.length === 7,
  )
  assert.deepEqual(
    panels.map(({ title, state, words }) => [title, state, words]),
    ['Fills', 'Latency', 'By symbol', 'Shares', 'One', 'Several', 'Over time'].map((title) => [title, 'ok', '']),
  )
  assert.deepEqual(cut, [])
  const textIn = async (title: string) => {
    const text = await window.page.evaluate<string>(`document.querySelector('[data-title="${title}"]').innerText`)
    return text.split(/\s+/).filter((word) => word !== '')
  }
  const sorted = async (title: string) => [...(await textIn(title))].sort()
  assert.deepEqual(await textIn('Fills'), ['4'])
  assert.deepEqual(await sorted('Latency'), [
    ...['163', '300', '50', 'BTCUSDT', 'ETHUSDT', 'average', 'ms', 'ms', 'ms', 'p95', 'p95'],
  ])
  assert.deepEqual(await sorted('By symbol'), ['1', '3', 'BTCUSDT', 'ETHUSDT'])
  assert.match((await textIn('Shares')).join(' '), /BTCUSDT 300 USDT \(75%\)/)
  assert.deepEqual(await sorted('One'), ['1', '3', 'BTCUSDT', 'ETHUSDT', 'One', 'Symbol'])
  assert.deepEqual(await sorted('Several'), [
    ...['1', '3', '300.0', '50.0', 'BTCUSDT', 'ETHUSDT', 'Fills', 'Slowest', 'Symbol', 'ms', 'ms'],
  ])
  const { legend = [] } = panels.find(({ title }) => title === 'Over time') ?? {}
  assert.deepEqual([...new Set(legend.map((name) => name.trim()))].sort(), ['BTCUSDT', 'ETHUSDT'])
  assert.deepEqual(window.errors, [])
})

test('a query that the store refuses is reported in its words', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const store = await logStore(t)
  if (store === undefined) return
  const datasource = { type: 'victoriametrics-logs-datasource', uid: 'victorialogs' }
  const panels = [
    panel(1, 'logs', 'lines', '{bot=', { datasource }),
    panel(2, 'stat', 'figure', '*', { datasource }, { queryType: 'stats' }),
    panel(3, 'logs', 'nothing stored', '*', { datasource }),
  ]
  const files = { 'a.json': JSON.stringify({ title: 'A', time: { from: 'now-1h', to: 'now' }, panels }) }
  const prometheus = await withoutSeries(t)
  const { url } = await previewOf(t, { page: previewDist, prometheus, logs: store.url, files })
  const seen = await window.seenAt(
    `${url}/d/tiny/a`,
    ({ panels }) => panels.length === 3 && panels.every(({ words }) => words !== 'No data in this time range.'),
  )
  const words = seen.panels.map(({ state, words }) => [state, words.replace(/\[_time:.*\]$/, '[…]')])
  assert.match(words[0]?.[1] ?? '', /^cannot parse `query` arg \[\{bot=\]: /)
  assert.deepEqual(words.slice(1), [
    ['error', 'missing `| stats ...` pipe in the query […]'],
    [
      'empty',
      'No data: VictoriaLogs has no line at all in this time range. The bot writes none, or the agent that reads its files is down.',
    ],
  ])
  assert.deepEqual(window.errors, [])
})
