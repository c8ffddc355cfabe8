import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { browser, type Page, previewDist } from './browser.ts'
import { answeringServer, origin, previewOf } from './preview-of.ts'

const count = 9

const panels = Array.from({ length: count }, (_, i) => ({
  id: i + 1,
  type: i === 0 ? 'stat' : 'timeseries',
  title: `panel ${i + 1}`,
  gridPos: { x: (i % 3) * 8, y: Math.floor(i / 3) * 4, w: 8, h: 4 },
  options: { legend: { showLegend: false }, reduceOptions: { calcs: ['lastNotNull'] } },
  fieldConfig: { defaults: {}, overrides: [] },
  targets: [{ refId: 'A', expr: `metric_${i}{symbol=~"$symbol"}` }],
}))
const dashboard = JSON.stringify({
  title: 'Silence',
  timepicker: { refresh_intervals: ['1s', '5s'] },
  panels,
  templating: {
    list: [{ type: 'query', name: 'symbol', query: 'label_values(symbol)', multi: true, includeAll: true }],
  },
  annotations: { list: [{ name: 'fired', enable: true, expr: 'ALERTS' }] },
})

/** A Prometheus that can be made to stop answering, or to leave only some questions open. */
async function standIn(t: TestContext) {
  let silent: string | null = null
  const url = await answeringServer(t, (path) => {
    if (silent !== null && path.includes(silent)) return null
    const now = Math.floor(Date.now() / 1000)
    const values = Array.from({ length: 60 }, (_, i) => [now - 60 * (60 - i), '1'])
    const data = path.includes('/label/')
      ? ['BTCUSDT']
      : { resultType: 'matrix', result: [{ metric: { symbol: 'BTCUSDT' }, values }] }
    return JSON.stringify({ status: 'success', data })
  })
  return {
    url,
    hang: (on = '') => {
      silent = on
    },
    resume: () => {
      silent = null
    },
  }
}

interface Shown {
  readonly states: readonly string[]
  /** The drawings that are dimmed, and those that are not. */
  readonly old: number
  readonly new: number
  /** The drawings that a text lies on. */
  readonly covered: number
  readonly words: readonly string[]
  readonly sentences: readonly string[]
  readonly age: string
  readonly title: string
}

const shown = (page: Page) =>
  page.evaluate<Shown>(`(() => {
    const all = (selector) => [...document.querySelectorAll(selector)]
    const isDimmed = (one) =>
      getComputedStyle(one).filter === 'grayscale(1)' &&
      [...one.querySelectorAll('canvas')].every((canvas) => Number(getComputedStyle(canvas).opacity) < 0.5)
    return {
      states: [...new Set(all('[data-panel]').map((one) => one.dataset.state))],
      old: all('[data-panel] [data-old="true"]').filter(isDimmed).length,
      covered: all('[data-panel] [data-old="true"]').filter((one) => {
        const text = one.nextElementSibling.getBoundingClientRect()
        const panel = one.closest('[data-panel]').getBoundingClientRect()
        const drawn = [one, ...one.querySelectorAll('canvas')].map((each) => each.getBoundingClientRect().bottom)
        return text.top < Math.max(...drawn) - 1 || text.bottom > panel.bottom + 1
      }).length,
      new: all('[data-panel] [data-old="false"]').length,
      words: [...new Set(all('[data-panel] p').map((one) => one.textContent.replace(/\\d\\d:\\d\\d:\\d\\d, .*? ago/, 'TIME, AGE ago')))],
      sentences: all('[data-sentence]').map((one) => one.textContent),
      age: document.querySelector('[data-age]').textContent,
      title: document.title,
    }
  })()`)

const seen = (page: Page, what: string, wanted: (found: Shown) => boolean) =>
  until(what, 30_000, async () => {
    const found = await shown(page)
    return wanted(found) ? found : null
  })

// The shortest refresh that can be asked for is much shorter than the patience: even then a question must end.
for (const refresh of ['1s', '5s'])
  test(`if Prometheus stops answering, a dashboard refreshed every ${refresh} dims what it drew, gives its age, and says why once`, async (t) => {
    const chromium = await browser(t)
    if (chromium === undefined) return
    t.after(() => chromium.close())
    const prometheus = await standIn(t)
    const { url } = await previewOf(t, {
      page: previewDist,
      prometheus: prometheus.url,
      files: { 'a.json': dashboard },
    })
    const { page, errors } = await chromium.open(1000, 'light')
    await page.goto(`${url}/d/tiny/a?refresh=${refresh}`)
    const fine = await seen(
      page,
      'every panel is drawn',
      ({ states, new: drawn }) => states.join() === 'ok' && drawn === count,
    )
    assert.deepEqual([fine.old, fine.words, fine.sentences, fine.title], [0, [], [], 'Silence – botwatch preview'])
    assert.match(fine.age, /^as of \d\d:\d\d:\d\d, (now|\d+ s ago)$/)

    prometheus.hang()
    const old = await seen(
      page,
      'every panel is old and in error',
      ({ old, states, sentences }) => old === count && states.join() === 'error' && sentences.length > 0,
    )
    assert.deepEqual([old.states, old.covered, old.title], [['error'], 0, 'No new data: Silence – botwatch preview'])
    assert.deepEqual(old.words, ['as of TIME, AGE ago: See the top of the page.'])
    assert.deepEqual(old.sentences, [
      `Prometheus at ${origin(prometheus.url)} did not answer within 4 s. ${count} of ${count} panels have no new data, and alerts are not marked.`,
    ])
    assert.match(old.age, /^as of \d\d:\d\d:\d\d, \d+ s ago$/)

    prometheus.resume()
    const again = await seen(
      page,
      'every panel is drawn again',
      ({ states, new: drawn, sentences }) => states.join() === 'ok' && drawn === count && sentences.length === 0,
    )
    assert.deepEqual([again.old, again.words], [0, []])
    assert.deepEqual(errors, [])
  })

test('if Prometheus stops answering, the first page says so once and dims what it counted', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(() => chromium.close())
  const prometheus = await standIn(t)
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: prometheus.url,
    files: { 'a.json': dashboard, 'b.json': dashboard },
  })
  const { page, errors } = await chromium.open(1000, 'light')
  const counted = (state: string) =>
    until(`both dashboards are counted, and the counts are ${state}`, 30_000, async () => {
      const found = await page.evaluate<{ counts: number; sentences: string[]; text: string }>(`({
        counts: document.querySelectorAll('[data-ok="${count}"] [data-age="${state}"]').length,
        sentences: [...document.querySelectorAll('[data-sentence]')].map((one) => one.textContent),
        text: document.querySelector('main').innerText,
      })`)
      return found.counts === 2 ? found : null
    })
  await page.goto(url)
  assert.deepEqual((await counted('new')).sentences, [])
  prometheus.hang()
  const old = await counted('old')
  const sentence = `Prometheus at ${origin(prometheus.url)} did not answer within 4 s.`
  assert.deepEqual(old.sentences, [sentence])
  assert.equal(old.text.split(sentence).length, 2, 'it is said once')
  assert.deepEqual(errors, [])
})

test('a query that is never answered ends in an error, although the next refreshes come before it is given up', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(() => chromium.close())
  const prometheus = await standIn(t)
  const { url } = await previewOf(t, { page: previewDist, prometheus: prometheus.url, files: { 'a.json': dashboard } })
  const { page, errors } = await chromium.open(1000, 'light')
  await page.goto(`${url}/d/tiny/a?refresh=1s`)
  await seen(page, 'every panel is drawn', ({ states, new: drawn }) => states.join() === 'ok' && drawn === count)
  prometheus.hang('metric_3')
  const { old, words, sentences } = await seen(page, 'one panel is old', ({ old }) => old > 0)
  assert.deepEqual(
    [old, words, sentences],
    [1, [`as of TIME, AGE ago: Prometheus at ${origin(prometheus.url)} did not answer within 4 s.`], []],
  )
  assert.deepEqual(errors, [])
})
