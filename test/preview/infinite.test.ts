import assert from 'node:assert/strict'
import { test } from 'node:test'
import { previewDist } from './browser.ts'
import { panel } from './open-dashboard.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const infinite = 'Nothing to draw: all values are infinite, as from a division by 0.'

/** The value of each series of a query. */
const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  infinite: { BTC: '+Inf', ETH: '-Inf' },
  some: { BTC: '5', ETH: '+Inf', SOL: 'NaN', XRP: '-1' },
  more: { BTC: '5', ETH: '+Inf', SOL: 'NaN', XRP: '-1', ADA: 'NaN', DOT: '+Inf' },
}

test('a panel that has no place for infinite values says so instead of being blank, and a pie says what it leaves out', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const prometheus = await answeringServer(t, (path) => {
    const { pathname, searchParams } = new URL(path, 'http://prometheus')
    const end = Number(searchParams.get('end') ?? searchParams.get('time'))
    const result = Object.entries(answers[searchParams.get('query') ?? ''] ?? {}).map(([symbol, value]) => ({
      metric: { symbol },
      ...(pathname.endsWith('query_range')
        ? { values: [120, 60, 0].map((ago) => [end - ago, value]) }
        : { value: [end, value] }),
    }))
    const resultType = pathname.endsWith('query_range') ? 'matrix' : 'vector'
    return JSON.stringify({ status: 'success', data: { resultType, result } })
  })
  const named = { legendFormat: '{{symbol}}' }
  const panels = [
    panel(1, 'timeseries', 'curves', 'infinite', {}, named),
    panel(2, 'piechart', 'pie', 'infinite', {}, named),
    panel(3, 'heatmap', 'heatmap', 'infinite', {}, named),
    panel(4, 'stat', 'stat', 'infinite', {}, named),
    panel(5, 'piechart', 'some slices', 'some', {}, { ...named, instant: true }),
    panel(6, 'timeseries', 'some curves', 'some', {}, named),
    panel(7, 'piechart', 'many left out', 'more', {}, named),
  ]
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus,
    files: { 'a.json': JSON.stringify({ title: 'A', panels }) },
  })
  const { panels: seen } = await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels.length === 7)
  assert.deepEqual(
    seen.map(({ title, state, words }) => [title, state, words]),
    [
      ['curves', 'empty', infinite],
      ['pie', 'empty', infinite],
      ['heatmap', 'empty', infinite],
      ['stat', 'ok', ''],
      ['some slices', 'ok', ''],
      ['some curves', 'ok', ''],
      ['many left out', 'ok', ''],
    ],
  )
  assert.deepEqual(
    await window.page.evaluate(
      `Object.fromEntries([...document.querySelectorAll('[data-note]')].map((note) => [note.closest('[data-panel]').dataset.title, note.dataset.note]))`,
    ),
    {
      'some slices': 'not drawn: ETH is infinite, SOL is NaN, XRP is negative',
      'some curves': 'not drawn: ETH is infinite',
      'many left out': 'not drawn: ETH is infinite, SOL is NaN, XRP is negative, 2 more',
    },
  )
  const said = await window.page.evaluate<string>(
    `document.querySelector('[data-panel="5"] [data-in-words]').textContent`,
  )
  assert.equal(said, 'some slices: BTC 5 (100%).')
  const list = await window.seenAt(url, ({ counts }) => counts[0] !== undefined)
  assert.deepEqual(list.counts, [{ ok: 4, expectedlyEmpty: 0, empty: 3, error: 0, unsupported: 0 }])
  assert.deepEqual(window.errors, [])
})
