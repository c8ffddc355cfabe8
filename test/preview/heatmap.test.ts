import assert from 'node:assert/strict'
import { test } from 'node:test'
import { previewDist } from './browser.ts'
import { panel } from './open-dashboard.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

/** The last point of each bucket. */
const buckets = [
  { metric: { symbol: 'BTC', le: '1' }, last: '10' },
  { metric: { symbol: 'ETH', le: '1' }, last: '100' },
  { metric: { symbol: 'BTC', le: '5' }, last: '20' },
  { metric: { symbol: 'ETH', le: '5' }, last: '200' },
]

test('the buckets of several histograms are counted apart, and a bucket without the one below is a gap', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const prometheus = await answeringServer(t, (path) => {
    const end = Number(new URL(path, 'http://prometheus').searchParams.get('end'))
    const result = buckets.map(({ metric, last }) => ({
      metric: { __name__: 'latency_bucket', ...metric },
      // Before the last point the lower bucket of BTC has none.
      values: [...(metric.symbol === 'BTC' && metric.le === '1' ? [] : [[end - 60, last]]), [end, last]],
    }))
    return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
  })
  const heatmap = panel(1, 'heatmap', 'Latency', 'latency_bucket', {}, { format: 'heatmap', legendFormat: '{{le}}' })
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus,
    files: { 'a.json': JSON.stringify({ title: 'A', timezone: 'utc', panels: [heatmap] }) },
  })
  await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels[0]?.state === 'ok')
  const read = (expression: string) => window.page.evaluate<string>(expression)
  assert.equal(await read(`document.querySelector('[data-rows]').dataset.rows`), 'BTC ≤ 1 BTC ≤ 5 ETH ≤ 1 ETH ≤ 5')
  // One for each but that of BTC ≤ 1 and, in the gap, that of BTC ≤ 5.
  assert.equal(await read(`document.querySelector('[data-cells]').dataset.cells`), '6')
  const said = await read(`document.querySelector('[data-in-words]').textContent`)
  assert.equal(
    said.replace(/^Latency, .*?\. /, ''),
    [
      'BTC ≤ 1: last 10, always the same.',
      'BTC ≤ 5: last 10, always the same.',
      'ETH ≤ 1: last 100, always the same.',
      'ETH ≤ 5: last 100, always the same.',
    ].join(' '),
  )
  assert.deepEqual(window.errors, [])
})

test('a heatmap of ten thousand rows draws those that count most, and says how many it leaves out', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const count = 10_000
  const prometheus = await answeringServer(t, (path) => {
    const end = Number(new URL(path, 'http://prometheus').searchParams.get('end'))
    const result = Array.from({ length: count }, (_, i) => ({
      metric: { coin: `coin-${i}` },
      values: Array.from({ length: 20 }, (_, k) => [end - 60 * k, String(i + 1)]),
    }))
    return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
  })
  const heatmap = panel(1, 'heatmap', 'Many', 'x', {}, { legendFormat: '{{coin}}' })
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus,
    files: { 'a.json': JSON.stringify({ title: 'A', panels: [heatmap] }) },
  })
  const { panels } = await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels[0]?.state !== undefined)
  assert.deepEqual(
    panels.map(({ state, words }) => [state, words]),
    [['ok', '']],
  )
  const drawn = await window.page.evaluate<object>(`(() => {
    const rows = document.querySelector('[data-rows]').dataset.rows.split(' ')
    return { rows: rows.length, first: rows[0], note: document.querySelector('[data-note]').dataset.note }
  })()`)
  assert.deepEqual(drawn, {
    rows: 200,
    first: 'coin-9800',
    note: 'and 9,800 more rows, the largest 200 are drawn',
  })
  assert.deepEqual(window.errors, [])
})
