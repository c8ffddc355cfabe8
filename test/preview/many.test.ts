import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const count = 10_000
const name = (i: number) => `coin-${i}`

const panel = (id: number, type: string, more: object = {}) => ({
  id,
  type,
  title: type,
  gridPos: { x: ((id - 1) % 2) * 12, y: Math.floor((id - 1) / 2) * 10, w: 12, h: 10 },
  options: {
    legend: { showLegend: type !== 'bargauge', displayMode: 'list', placement: 'bottom', values: ['value'], calcs: [] },
    showHeader: true,
    showValue: 'auto',
    pieType: 'pie',
  },
  fieldConfig: { defaults: {}, overrides: [] },
  targets: [{ refId: 'A', expr: 'x', legendFormat: '{{coin}}' }],
  ...more,
})
const rows = { targets: [{ refId: 'A', expr: 'x', format: 'table', instant: true }] }
const most = {
  options: { reduceOptions: { calcs: ['lastNotNull'] } },
  transformations: [
    { id: 'reduce', options: { mode: 'seriesToRows', reducers: ['lastNotNull'] } },
    { id: 'reduce', options: { mode: 'reduceFields', reducers: ['sum'] } },
  ],
}

const renamed = {
  transformations: [{ id: 'renameByRegex', options: { regex: '^(.*)$', renamePattern: '$1 USDT' } }],
}

/** Answers with ten thousand series: that of coin-7 has the value 7. */
function tenThousand(t: TestContext) {
  const now = Math.floor(Date.now() / 1000)
  const metric = (i: number) => `"metric":{"__name__":"x","coin":"${name(i)}"}`
  const answer = (type: string, seriesOf: (i: number) => string) =>
    `{"status":"success","data":{"resultType":"${type}","result":[${Array.from({ length: count }, (_, i) => `{${metric(i)},${seriesOf(i)}}`).join()}]}}`
  const matrixOf = (points: number) => {
    const times = Array.from({ length: points }, (_, k) => now - 15 * (points - 1 - k))
    return answer('matrix', (i) => `"values":[${times.map((at) => `[${at},"${i}"]`).join()}]`)
  }
  const matrix = matrixOf(5)
  const vector = answer('vector', (i) => `"value":[${now},"${i}"]`)
  return answeringServer(t, (path) =>
    path.includes('query=long') ? matrixOf(240) : path.includes('query_range') ? matrix : vector,
  )
}

test('an answer that is too long to be drawn says so, and the other panels do not wait for it', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const panels = [panel(1, 'timeseries', { targets: [{ refId: 'A', expr: 'long' }] }), panel(2, 'stat')]
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await tenThousand(t),
    files: { 'a.json': JSON.stringify({ title: 'Long', panels }) },
  })
  const { panels: seen } = await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels.length === 2)
  assert.deepEqual(
    seen.map(({ state, words }) => [state, words]),
    [
      ['error', 'Prometheus answered more than 20 MB: narrow the query, for example with sum by (…) or topk(…).'],
      ['ok', ''],
    ],
  )
  assert.deepEqual(window.errors, [])
})

test('of ten thousand series a panel draws the largest, and says how many it leaves out', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const panels = [
    panel(1, 'timeseries'),
    panel(2, 'stat'),
    panel(3, 'gauge'),
    panel(4, 'bargauge'),
    panel(5, 'state-timeline'),
    panel(6, 'piechart'),
    panel(7, 'table', rows),
    panel(8, 'stat', { ...most, title: 'sum of all' }),
    panel(9, 'timeseries', { ...renamed, title: 'renamed' }),
  ]
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await tenThousand(t),
    files: { 'a.json': JSON.stringify({ title: 'Many', panels }) },
  })
  await window.page.addInitScript(`
    window.longTasks = []
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true })`)
  await window.seenAt(`${url}/d/tiny/a`, ({ panels: seen }) => seen.length === panels.length)
  const longest = await window.page.evaluate<number>('Math.max(0, ...longTasks)')
  t.diagnostic(`the longest task took ${Math.round(longest)} ms`)
  const drawn = await window.page.evaluate<Record<string, unknown>>(`
    Object.fromEntries([...document.querySelectorAll('[data-panel]')].map((panel) => {
      const coins = new Set()
      const texts = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        const coin = /^coin-(\\d+)/.exec(texts.currentNode.textContent)
        if (coin !== null) coins.add(Number(coin[1]))
      }
      const note = panel.querySelector('[data-note]')?.dataset.note ?? null
      return [panel.dataset.title, { coins: coins.size, smallest: Math.min(...coins), note }]
    }))`)
  const { table, 'sum of all': sum, ...others } = drawn
  const left = (coins: number, note: string) => ({ coins, smallest: count - coins, note })
  assert.deepEqual(others, {
    timeseries: left(100, 'and 9,900 more series, the largest 100 are drawn'),
    renamed: left(100, 'and 9,900 more series, the largest 100 are drawn'),
    stat: left(50, 'and 9,950 more series, the largest 50 are drawn'),
    gauge: left(50, 'and 9,950 more series, the largest 50 are drawn'),
    bargauge: left(50, 'and 9,950 more series, the largest 50 are drawn'),
    'state-timeline': left(50, 'and 9,950 more series, the largest 50 are drawn'),
    piechart: left(30, 'and 9,970 more series, the largest 30 are drawn'),
  })
  assert.match(JSON.stringify(table), /"and 9,000 more rows, the largest 1,000 are drawn"/)
  assert.match(JSON.stringify(sum), /"note":null/)
  const textOf = (title: string) =>
    window.page.evaluate<string>(`document.querySelector('[data-title="${title}"]').textContent`)
  // A share is one of all series, and a calculation is made with all of them.
  assert.match(await textOf('piechart'), /9,970 others: 49695465/)
  assert.match(await textOf('sum of all'), /49995000/)
  assert.deepEqual(window.errors, [])
})
