import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const refusal =
  'parse error: no such function, and this sentence goes on for long enough to fill a small panel twice over'

/** Refuses the queries that contain the word, and answers the others. */
const refusing = (t: TestContext, word: string) =>
  answeringServer(t, (path) => {
    if (path.includes(word)) return JSON.stringify({ status: 'error', errorType: 'bad_data', error: refusal })
    const result = [{ metric: {}, values: [[Date.now() / 1000, '1']] }]
    return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
  })

const panel = (id: number, expr: string, size: object = {}) => ({
  id,
  type: 'timeseries',
  title: expr,
  gridPos: { x: 0, y: id * 4, w: 12, h: 4, ...size },
  options: { legend: { showLegend: false } },
  fieldConfig: { defaults: {}, overrides: [] },
  targets: [{ refId: 'A', expr }],
})

const dashboard = (...panels: readonly object[]) =>
  JSON.stringify({ title: 'A', panels, annotations: { list: [{ name: 'fired', enable: true, expr: 'ALERTS' }] } })

test('alerts that cannot be queried are reported, and the curves stay', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await refusing(t, 'ALERTS'),
    files: { 'a.json': dashboard(panel(1, 'one'), panel(2, 'two')) },
  })
  const seen = await window.seenAt(`${url}/d/tiny/a`, ({ sentences }) => sentences.length > 0)
  assert.deepEqual(seen.sentences, [`Alerts are not marked in the curves: ${refusal}`])
  assert.deepEqual(
    seen.panels.map(({ state }) => state),
    ['ok', 'ok'],
  )
  assert.deepEqual(window.errors, [])
})

test('what is wrong with most panels is said once, at the top; what is wrong with one, in it', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await refusing(t, 'broken'),
    files: {
      'most.json': dashboard(panel(1, 'broken_a'), panel(2, 'broken_b'), panel(3, 'fine')),
      'one.json': dashboard(panel(1, 'broken'), panel(2, 'fine'), panel(3, 'fine_too')),
    },
  })
  const most = await window.seenAt(`${url}/d/tiny/most`, ({ sentences }) => /of 3 panels/.test(sentences[0] ?? ''))
  assert.deepEqual(most.sentences, [`${refusal}. 2 of 3 panels have no new data.`])
  assert.deepEqual(
    most.panels.map(({ state, words }) => [state, words]),
    [
      ['error', 'See the top of the page.'],
      ['error', 'See the top of the page.'],
      ['ok', ''],
    ],
  )
  const one = await window.seenAt(`${url}/d/tiny/one`, ({ panels }) => panels.length === 3)
  assert.deepEqual(one.sentences, [])
  assert.deepEqual(
    one.panels.map(({ state, words }) => [state, words]),
    [
      ['error', refusal],
      ['ok', ''],
      ['ok', ''],
    ],
  )
  assert.deepEqual(window.errors, [])
})

test('a sentence that is too long for its panel begins inside it, and can be scrolled', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await refusing(t, 'broken'),
    files: { 'a.json': dashboard(panel(1, 'broken', { w: 3, h: 3 }), panel(2, 'fine')) },
  })
  await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels[0]?.state === 'error')
  const { above, hidden } = await window.page.evaluate<{ above: number; hidden: number }>(`(() => {
    const panel = document.querySelector('[data-panel="1"]')
    const box = panel.querySelector('p')
    const range = document.createRange()
    range.selectNodeContents(box)
    return {
      above: panel.getBoundingClientRect().top - range.getBoundingClientRect().top,
      hidden: box.scrollHeight - box.clientHeight,
    }
  })()`)
  assert.ok(hidden > 0, `the sentence is too long for its panel: ${hidden}`)
  assert.ok(above <= 0, `its beginning is ${above} pixels above the panel`)
  assert.deepEqual(window.errors, [])
})
