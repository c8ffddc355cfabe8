import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const notANumber =
  'The query yields only NaN, which is not a number: it divides 0 by 0, or asks for a quantile of no observations.'

const mappings = [
  { type: 'special', options: { match: 'nan', result: { text: 'undefined ratio', index: 0 } } },
  { type: 'value', options: { '1': { text: 'fine', index: 1 } } },
]

const panel = (id: number, type: string, title: string, expr: string, calc: string, defaults: object) => ({
  id,
  type,
  title,
  gridPos: { x: ((id - 1) % 4) * 6, y: Math.floor((id - 1) / 4) * 5, w: 6, h: 5 },
  options: { legend: { showLegend: false }, reduceOptions: { calcs: [calc] }, showHeader: true, showValue: 'auto' },
  fieldConfig: { defaults, overrides: [] },
  targets: [{ refId: 'A', expr, ...(type === 'table' ? { format: 'table', instant: true } : {}) }],
})

const minute = 60_000

/** Answers with one series: `nan` has no number, `half` turns from a number to NaN, anything else is a number. */
const prometheusOf = (t: TestContext) =>
  answeringServer(t, (path) => {
    const asked = new URL(path, 'http://prometheus')
    const query = asked.searchParams.get('query') ?? ''
    const now = Math.floor(Date.now() / minute) * 60
    const at = (i: number) => (query === 'nan' || (query === 'half' && i >= 30) ? 'NaN' : '1')
    const values = Array.from({ length: 60 }, (_, i) => [now - 60 * (59 - i), at(i)])
    const data = asked.pathname.endsWith('query_range')
      ? { resultType: 'matrix', result: [{ metric: { symbol: 'BTCUSDT' }, values }] }
      : { resultType: 'vector', result: [{ metric: { symbol: 'BTCUSDT' }, value: values.at(-1) }] }
    return JSON.stringify({ status: 'success', data })
  })

test('a panel does not take NaN for missing data: it names it, draws what its mapping says, or says that there is no number', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const quiet = { noValue: 'nothing was traded' }
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await prometheusOf(t),
    files: {
      'a.json': JSON.stringify({
        title: 'NaN',
        panels: [
          panel(1, 'timeseries', 'curve', 'nan', '', quiet),
          panel(2, 'stat', 'skipped', 'nan', 'lastNotNull', { ...quiet, mappings }),
          panel(3, 'stat', 'last', 'half', 'last', quiet),
          panel(4, 'stat', 'mapped', 'nan', 'last', { ...quiet, mappings }),
          panel(5, 'gauge', 'dial', 'half', 'last', quiet),
          panel(6, 'table', 'rows', 'nan', '', { mappings }),
          panel(7, 'state-timeline', 'states', 'half', '', { mappings }),
          panel(8, 'timeseries', 'half a curve', 'half', '', quiet),
        ],
      }),
    },
  })
  const seen = await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels.length === 8)
  const drawn = (id: number) =>
    window.page.evaluate<string>(`document.querySelector('[data-panel="${id}"] [data-old]')?.innerText ?? ''`)
  assert.deepEqual(
    seen.panels.map(({ title, state, declared, words }) => [title, state, declared, words]),
    [
      ['curve', 'empty', false, notANumber],
      ['skipped', 'empty', false, notANumber],
      ['last', 'ok', false, ''],
      ['mapped', 'ok', false, ''],
      ['dial', 'ok', false, ''],
      ['rows', 'ok', false, ''],
      ['states', 'ok', false, ''],
      ['half a curve', 'ok', false, ''],
    ],
  )
  assert.match(await drawn(3), /NaN/)
  assert.match(await drawn(4), /undefined ratio/)
  assert.match(await drawn(6), /undefined ratio/)
  const texts = await window.page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-panel="5"] svg text, [data-panel="7"] rect title')].map((one) => one.textContent.replace(/, .*/, ''))`,
  )
  assert.equal(texts[0], 'NaN')
  assert.deepEqual(
    [...new Set(texts.slice(1))].map((text) => text.replace(/^.*: /, '')),
    ['fine', 'undefined ratio'],
  )
  const list = await window.seenAt(url, ({ counts }) => counts[0] !== undefined)
  assert.deepEqual(list.counts, [{ ok: 6, expectedlyEmpty: 0, empty: 2, error: 0, unsupported: 0 }])
  assert.deepEqual(window.errors, [])
})
