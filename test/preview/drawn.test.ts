import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { openDashboard, panel } from './open-dashboard.ts'

test('a panel whose file sets no options is drawn with the defaults of Grafana', async (t) => {
  const types = ['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'heatmap', 'state-timeline', 'piechart', 'text']
  const preview = await openDashboard(t, {
    panels: types.map((type, i) => panel(i + 1, type, type, type === 'heatmap' ? 'a_bucket' : 'a')),
  })
  if (preview === undefined) return
  const { panels } = await preview.seenAt(preview.url, ({ panels }) => panels.length === types.length)
  assert.deepEqual(
    panels.map(({ type, state, words }) => [type, state, words]),
    types.map((type) => [type, 'ok', '']),
  )
  const legends = panels.flatMap(({ type, legend }) => (legend.length > 0 ? [[type, ...new Set(legend)]] : []))
  assert.deepEqual(legends.slice(0, 1), [['timeseries', 'BTC', 'ETH']])
  assert.equal(await preview.inside(1, `panel.querySelectorAll('.u-wrap canvas').length`), '1')
  assert.match(await preview.inside(2, 'panel.innerText'), /195[\s\S]*295/)
  assert.equal(await preview.inside(5, `panel.querySelectorAll('[role="columnheader"]').length`), '2')
  assert.match(await preview.inside(9, 'panel.innerText'), /^Title/)
  assert.deepEqual(preview.errors, [])
})

test('the rim of a gauge shows thresholds in percent between its minimum and maximum', async (t) => {
  const steps = [
    { value: null, color: 'green' },
    { value: 50, color: 'orange' },
    { value: 90, color: 'red' },
  ]
  const defaults = (mode: string) => ({ min: 100, max: 300, thresholds: { mode, steps } })
  const preview = await openDashboard(t, {
    panels: ['percentage', 'absolute'].map((mode, i) =>
      panel(i + 1, 'gauge', mode, 'a', { fieldConfig: { defaults: defaults(mode), overrides: [] } }),
    ),
  })
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels.length === 2 && panels.every(({ state }) => state === 'ok'))
  const bounds = (id: number) =>
    preview.inside(id, `[...panel.querySelector('svg').querySelectorAll('[data-from]')].map((one) => one.dataset.from)`)
  assert.equal(await bounds(1), '100,200,280')
  assert.equal(await bounds(2), '100,100,100')
  assert.deepEqual(preview.errors, [])
})

test('a heatmap has a row for each bucket, also if its buckets are series', async (t) => {
  const preview = await openDashboard(t, {
    panels: [
      panel(1, 'heatmap', 'buckets', 'a_bucket', {}, { format: 'heatmap' }),
      panel(2, 'heatmap', 'series', 'a_bucket', {}, { legendFormat: '{{le}}' }),
      panel(3, 'heatmap', 'named series', 'a'),
    ],
  })
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels.length === 3 && panels.every(({ state }) => state === 'ok'))
  const rows = (id: number) => preview.inside(id, `panel.querySelector('[data-rows]').dataset.rows`)
  assert.deepEqual(await Promise.all([1, 2, 3].map(rows)), ['1 5', '1 5', 'BTC ETH'])
  assert.equal(await preview.inside(2, `panel.querySelector('[data-cells]').dataset.cells`), '40')
  assert.deepEqual(preview.errors, [])
})

test('percent changes, footers, further results, HTML and code are drawn', async (t) => {
  const instant = { format: 'table', instant: true }
  const text = (content: string, mode: string) => ({ options: { mode, content }, targets: undefined })
  const preview = await openDashboard(t, {
    panels: [
      panel(1, 'stat', 'change', 'a', { options: { showPercentChange: true } }),
      panel(2, 'table', 'footer', 'a', { options: { footer: { show: true, reducer: ['sum'] } } }, instant),
      panel(3, 'table', 'two results', 'a'),
      panel(4, 'text', 'html', '', text('<b>bold</b><img src="/x" onerror="throw 1">', 'html')),
      panel(5, 'text', 'code', '', text('if (a) **b**', 'code')),
    ],
  })
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels.length === 5 && panels.every(({ state }) => state === 'ok'))
  assert.match(await preview.inside(1, 'panel.innerText'), /95%[\s\S]*47\.5%/)
  assert.match(await preview.inside(2, 'panel.innerText'), /490/)
  assert.equal(await preview.inside(3, `[...panel.querySelectorAll('option')].map((one) => one.text)`), 'BTC,ETH')
  assert.equal(await preview.inside(4, `panel.querySelector('b').textContent`), 'bold')
  assert.equal(await preview.inside(4, `panel.querySelectorAll('[onerror]').length`), '0')
  assert.equal(await preview.inside(5, `panel.querySelector('pre').textContent`), 'if (a) **b**')
  assert.deepEqual(preview.errors, [])
})

test('what Prometheus says about an answer is below the drawing', async (t) => {
  const preview = await openDashboard(t, { panels: [panel(1, 'timeseries', 'odd', 'rate(odd[5m])')] })
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels[0]?.state === 'ok')
  assert.equal(
    await preview.inside(1, `panel.querySelector('[data-note]')?.textContent`),
    'PromQL info: odd might not be a counter',
  )
  assert.deepEqual(preview.errors, [])
})

test('a panel with its own time asks for it, and says so unless its file hides that', async (t) => {
  const preview = await openDashboard(t, {
    panels: [
      panel(1, 'timeseries', 'plain', 'plain'),
      panel(2, 'timeseries', 'own', 'own', { timeFrom: '3h', timeShift: '1d' }),
      panel(3, 'timeseries', 'hidden', 'hidden', { timeShift: '1h', hideTimeOverride: true }),
    ],
  })
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels.length === 3 && panels.every(({ state }) => state === 'ok'))
  const range = (query: string) => {
    const found = preview.asked.findLast((one) => one.get('query') === query)
    return { from: Number(found?.get('start')), to: Number(found?.get('end')) }
  }
  const hours = (seconds: number) => Math.round(seconds / 360) / 10
  const plain = range('plain')
  assert.deepEqual(
    ['own', 'hidden'].map(range).map(({ from, to }) => [hours(to - from), hours(plain.to - to)]),
    [
      [3, 24],
      [1, 1],
    ],
  )
  assert.deepEqual(
    await preview.page.evaluate(`[...document.querySelectorAll('[data-panel-time]')].map((one) => one.textContent)`),
    ['Last 3 hours timeshift -1d'],
  )
  assert.deepEqual(preview.errors, [])
})

test('the pointer in one panel shows the same time in the others, if the file says so', async (t) => {
  const preview = await openDashboard(t, {
    graphTooltip: 1,
    panels: [panel(1, 'timeseries', 'one', 'a'), panel(2, 'timeseries', 'two', 'a')],
  })
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels.length === 2 && panels.every(({ state }) => state === 'ok'))
  const point = () =>
    preview.inside(
      1,
      `(() => {
      const over = panel.querySelector('.u-over')
      const { left, top } = over.getBoundingClientRect()
      for (const type of ['mouseenter', 'mousemove'])
        over.dispatchEvent(new MouseEvent(type, { clientX: left + 100, clientY: top + 30, bubbles: true }))
    })()`,
    )
  const line = (id: number): Promise<string> => preview.inside(id, `panel.querySelector('.u-cursor-x').style.transform`)
  // the curves take the pointer once they are laid out
  const [first, second] = await until('the second panel shows it, too', 20_000, async () => {
    await point()
    const lines = [await line(1), await line(2)] as const
    return lines[1].startsWith('translate(-') ? null : lines
  })
  assert.match(first, /translate\((?!-)/)
  assert.equal(second, first)
  assert.deepEqual(preview.errors, [])
})
