import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { previewDist } from './browser.ts'
import { panel } from './open-dashboard.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const warning = 'PromQL warning: partial response: a store is down'
const info = 'PromQL info: a might not be a counter'
const limit = 'query processing would load too many samples'
const histograms = 'The query yields native histograms, which the preview does not draw.'

/** Opens a dashboard; what Prometheus answers follows from the words in a query. */
async function opened(t: TestContext, dashboard: object) {
  const window = await openWindow(t)
  if (window === undefined) return undefined
  const prometheus = await answeringServer(t, (path) => {
    const { pathname, searchParams } = new URL(path, 'http://prometheus')
    const query = searchParams.get('query') ?? ''
    const [start, end] = ['start', 'end'].map((name) => Number(searchParams.get(name))) as [number, number]
    if (query.includes('short_fails') && end - start < 5400)
      return JSON.stringify({ status: 'error', errorType: 'execution', error: limit })
    const isRange = pathname.endsWith('query_range')
    const points = isRange ? { values: [[end, '1']] } : { value: [Number(searchParams.get('time')), '1'] }
    const native = isRange ? { histograms: [[end, { count: '1', sum: '2' }]] } : { histogram: [end, { count: '1' }] }
    const result = query.includes('empty') ? [] : [{ metric: {}, ...(query.includes('native') ? native : points) }]
    return JSON.stringify({
      status: 'success',
      data: { resultType: isRange ? 'matrix' : 'vector', result },
      ...(query.includes('warned') ? { warnings: [warning] } : {}),
      ...(query.includes('informed') ? { infos: [info] } : {}),
    })
  })
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus,
    files: { 'a.json': JSON.stringify({ title: 'A', time: { from: 'now-1h', to: 'now' }, ...dashboard }) },
  })
  return { ...window, url: `${url}/d/tiny/a`, list: url }
}

const complaints = (words: string, title: string) => `[...document.querySelectorAll('li[data-dashboard] div')]
  .some((one) => one.textContent === ${JSON.stringify(`${title}: ${words}`)})`

test('an empty answer with a warning is not what the panel declares as empty', async (t) => {
  const quiet = { fieldConfig: { defaults: { noValue: 'no trades' }, overrides: [] } }
  const rows = { format: 'table', instant: true }
  const filtered = { transformations: [{ id: 'filterFieldsByName', options: { include: { names: ['Value'] } } }] }
  const preview = await opened(t, {
    panels: [
      panel(1, 'stat', 'warned', 'empty_warned', quiet),
      panel(2, 'table', 'transformed', 'empty_warned', { ...quiet, ...filtered }, rows),
      panel(3, 'stat', 'informed', 'empty_informed', quiet),
      panel(4, 'table', 'complete', 'warned', filtered, rows),
    ],
  })
  if (preview === undefined) return
  const { panels } = await preview.seenAt(preview.url, ({ panels }) => panels.length === 4)
  assert.deepEqual(
    panels.map(({ title, state, declared, words }) => ({ title, state, declared, words })),
    [
      { title: 'warned', state: 'empty', declared: false, words: warning },
      { title: 'transformed', state: 'empty', declared: false, words: warning },
      { title: 'informed', state: 'empty', declared: true, words: 'no trades' },
      { title: 'complete', state: 'ok', declared: false, words: '' },
    ],
  )
  assert.equal(await preview.page.evaluate(`document.querySelector('[data-note]').dataset.note`), warning)
  const { counts } = await preview.seenAt(preview.list, ({ counts }) => counts.length === 1)
  assert.deepEqual(counts, [{ ok: 1, expectedlyEmpty: 1, empty: 2, error: 0, unsupported: 0 }])
  assert.equal(await preview.page.evaluate(complaints(warning, 'warned, transformed')), true)
  assert.deepEqual(preview.errors, [])
})

const curve = panel(1, 'timeseries', 'an hour', 'a')
const longer = { ...panel(2, 'timeseries', 'two hours', 'a'), timeFrom: '2h' }
const marked = (expr: string) => ({ annotations: { list: [{ name: 'fired', enable: true, expr }] } })

test('alerts that may be missing in the curves are reported', async (t) => {
  const preview = await opened(t, { panels: [curve, longer], ...marked('empty_warned') })
  if (preview === undefined) return
  const { sentences } = await preview.seenAt(preview.url, ({ sentences }) => sentences.length > 0)
  assert.deepEqual(sentences, [`Alerts may be missing in the curves: ${warning}`])
  assert.deepEqual(preview.errors, [])
})

test('alerts that cannot be queried for one range are reported, though they can for another', async (t) => {
  const preview = await opened(t, { panels: [curve, longer], ...marked('short_fails') })
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels.length === 2)
  const marksSaid = `[...document.querySelectorAll('[data-panel="2"] [data-in-words]')]
    .some((one) => one.textContent.includes('Alerts fired'))`
  await until('alerts are marked', 20_000, async () => (await preview.page.evaluate<boolean>(marksSaid)) || null)
  const { sentences } = await preview.seen(({ sentences }) => sentences.length > 0)
  assert.deepEqual(sentences, [`Alerts are not marked in the curves: ${limit}`])
  assert.deepEqual(preview.errors, [])
})

test('native histograms are named as what the preview does not draw', async (t) => {
  const preview = await opened(t, {
    panels: [
      panel(1, 'timeseries', 'range', 'native'),
      panel(2, 'stat', 'instant', 'native', {}, { instant: true }),
      panel(3, 'stat', 'numbers', 'a'),
    ],
  })
  if (preview === undefined) return
  const { panels, sentences } = await preview.seenAt(preview.url, ({ panels }) => panels.length === 3)
  assert.deepEqual(
    panels.map(({ state }) => state),
    ['error', 'error', 'ok'],
  )
  assert.deepEqual(sentences, [`${histograms} 2 of 3 panels have no new data.`])
  assert.deepEqual(preview.errors, [])
})
