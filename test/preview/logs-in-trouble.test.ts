import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { violationsIn } from './axe.ts'
import { previewDist } from './browser.ts'
import { panel } from './open-dashboard.ts'
import { answeringServer, origin, previewOf, unusedAddress } from './preview-of.ts'
import { openWindow } from './window.ts'

// What panels of lines and of figures say when there are none, or when the store does not give them.

const datasource = { type: 'victoriametrics-logs-datasource', uid: 'victorialogs' }
const lines = (id: number, title: string, expr: string, more: object = {}, target: object = {}) =>
  panel(id, 'logs', title, expr, { options: { showTime: true, wrapLogMessage: true }, datasource, ...more }, target)
const figures = (id: number, type: string, title: string, expr: string, queryType: string) =>
  panel(id, type, title, expr, { datasource }, { queryType, step: '5m' })
const empty = (noValue: string) => ({ fieldConfig: { defaults: { noValue }, overrides: [] } })
const dashboard = (panels: readonly object[]) =>
  JSON.stringify({ title: 'A', time: { from: 'now-1h', to: 'now' }, refresh: '1s', panels })

/** A store whose answer follows from the words of a query; while it hangs it answers nothing. */
async function storeOf(t: TestContext) {
  let isSilent = false
  const url = await answeringServer(t, (path) => {
    if (isSilent) return null
    const { pathname, searchParams } = new URL(path, 'http://store')
    const query = searchParams.get('query') ?? ''
    const end = Number(searchParams.get('end') ?? searchParams.get('time'))
    if (query.includes('refused')) return '{"status":"error","errorType":"422","error":"unexpected token"}'
    const none = query.includes('none')
    if (pathname.endsWith('/query')) {
      const count = none ? 0 : Math.min(Number(searchParams.get('limit')), query.includes('many') ? 2000 : 3)
      return Array.from({ length: count }, (_, i) =>
        JSON.stringify({ _time: new Date(1000 * (end - i)).toISOString(), _msg: `line ${i}`, run: 'r', seq: `${i}` }),
      ).join('\n')
    }
    const isRange = pathname.endsWith('range')
    const points = isRange ? { values: [[end - 300, '7']] } : { value: [end, '7'] }
    const result = none ? [] : [{ metric: { __name__: 'value', symbol: 'BTC' }, ...points }]
    return JSON.stringify({ status: 'success', data: { resultType: isRange ? 'matrix' : 'vector', result } })
  })
  return {
    url,
    hang: (on: boolean) => {
      isSilent = on
    },
  }
}

const prometheusOf = (t: TestContext) =>
  answeringServer(t, (path) => {
    const { pathname, searchParams } = new URL(path, 'http://prometheus')
    const end = Number(searchParams.get('end') ?? searchParams.get('time'))
    const isRange = pathname.endsWith('range')
    const points = isRange ? { values: [[end, '1']] } : { value: [end, '1'] }
    const data = { resultType: isRange ? 'matrix' : 'vector', result: [{ metric: {}, ...points }] }
    return JSON.stringify({ status: 'success', data })
  })

async function opened(t: TestContext, panels: readonly object[], logs: URL | undefined) {
  const window = await openWindow(t)
  if (window === undefined) return undefined
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await prometheusOf(t),
    files: { 'a.json': dashboard(panels) },
    ...(logs === undefined ? {} : { logs }),
  })
  return { ...window, url: `${url}/d/tiny/a`, list: url }
}

const mixed = [
  panel(1, 'stat', 'equity', 'equity'),
  panel(2, 'timeseries', 'pnl', 'pnl'),
  panel(3, 'stat', 'fills', 'fills'),
  lines(4, 'log', 'all'),
  figures(5, 'stat', 'failures', 'all | stats', 'stats'),
]

test('each panel of a log says why it shows nothing, and the list counts it so', async (t) => {
  const store = await storeOf(t)
  const preview = await opened(
    t,
    [
      lines(1, 'fine', 'all'),
      lines(2, 'quiet', 'none', empty('no order failed')),
      lines(3, 'unexplained', 'none'),
      figures(4, 'stat', 'refused', 'refused', 'stats'),
      lines(5, 'unfilled', 'all $__nothing'),
      figures(6, 'table', 'figures', 'all | stats', 'stats'),
      figures(7, 'timeseries', 'curves', 'all | stats', 'statsRange'),
      figures(8, 'timeseries', 'no curves', 'none | stats', 'statsRange'),
      panel(9, 'timeseries', 'both', 'pnl', {
        datasource: { type: 'datasource', uid: '-- Mixed --' },
        targets: [
          { refId: 'A', expr: 'pnl', datasource: { type: 'prometheus', uid: 'prometheus' } },
          {
            refId: 'B',
            expr: 'all | stats',
            queryType: 'statsRange',
            step: '5m',
            legendFormat: '{{symbol}}',
            datasource,
          },
        ],
      }),
    ],
    store.url,
  )
  if (preview === undefined) return
  const noMatch =
    'No data: the log has lines, but in this time range none matches what is selected at the top and the conditions of the query.'
  const { panels } = await preview.seenAt(
    preview.url,
    ({ panels }) => panels.length === 9 && panels.every(({ words }) => words !== 'No data in this time range.'),
  )
  assert.deepEqual(
    panels.map(({ title, state, declared, words }) => [title, state, declared, words]),
    [
      ['fine', 'ok', false, ''],
      ['quiet', 'empty', true, 'no order failed'],
      ['unexplained', 'empty', false, noMatch],
      ['refused', 'error', false, 'unexpected token'],
      ['unfilled', 'error', false, 'No value is selected for $__nothing, so the query cannot run.'],
      ['figures', 'ok', false, ''],
      ['curves', 'ok', false, ''],
      ['no curves', 'empty', false, noMatch],
      ['both', 'ok', false, ''],
    ],
  )
  assert.deepEqual(panels.at(-1)?.legend.includes('BTC'), true)
  const { counts } = await preview.seenAt(preview.list, ({ counts }) => counts[0] !== undefined)
  assert.deepEqual(counts, [{ ok: 4, expectedlyEmpty: 1, empty: 2, error: 2, unsupported: 0 }])
  assert.deepEqual(preview.errors, [])
})

test('without a store, or with one that is down, only the panels of a log are in error, and the list counts them', async (t) => {
  const away = await unusedAddress()
  const cases = [
    [undefined, 'The preview knows no store with the log lines of tiny: its stack has none, and --logs names none.'],
    [
      away,
      `VictoriaLogs at ${origin(away)} does not answer (ECONNREFUSED). Is it running? Use --logs to name another server.`,
    ],
  ] as const
  for (const [logs, words] of cases) {
    const preview = await opened(t, mixed, logs)
    if (preview === undefined) return
    const seen = await preview.seenAt(preview.url, ({ panels }) => panels.length === mixed.length)
    assert.deepEqual(
      seen.panels.map((one) => [one.title, one.state, one.words]),
      [
        ['equity', 'ok', ''],
        ['pnl', 'ok', ''],
        ['fills', 'ok', ''],
        ['log', 'error', words],
        ['failures', 'error', words],
      ],
    )
    assert.deepEqual(seen.sentences, [])
    const list = await preview.seenAt(preview.list, ({ counts }) => counts[0] !== undefined)
    assert.deepEqual(list.counts, [{ ok: 3, expectedlyEmpty: 0, empty: 0, error: 2, unsupported: 0 }])
    const text = await preview.page.evaluate<string>('document.body.innerText')
    assert.ok(text.includes(`log, failures: ${words}`), text)
    assert.equal(text.includes(', log lines from'), logs !== undefined)
    assert.deepEqual(preview.errors, [])
  }
})

test('if the store stops answering, lines are dimmed with their age, and come back', async (t) => {
  const store = await storeOf(t)
  const preview = await opened(t, mixed, store.url)
  if (preview === undefined) return
  const { page } = preview
  await preview.seenAt(
    preview.url,
    ({ panels }) => panels.length === mixed.length && panels.every(({ state }) => state === 'ok'),
  )
  const shown = () =>
    page.evaluate<{ readonly old: string; readonly age: string; readonly lines: number }>(`(() => {
      const panel = document.querySelector('[data-title="log"]')
      return {
        old: panel.querySelector('[data-old]').dataset.old,
        age: panel.querySelector('p')?.textContent.replace(/\\d\\d:\\d\\d:\\d\\d, .*? ago/, 'TIME, AGE ago') ?? '',
        lines: panel.querySelectorAll('[data-line]').length,
      }
    })()`)
  assert.deepEqual(await shown(), { old: 'false', age: '', lines: 3 })

  store.hang(true)
  const old = await until('the lines are old', 30_000, async () => {
    const found = await shown()
    return found.old === 'true' && found.age.includes('ago:') ? found : null
  })
  const words = `VictoriaLogs at ${origin(store.url)} did not answer within 4 s.`
  assert.deepEqual(old, { old: 'true', age: `as of TIME, AGE ago: ${words}`, lines: 3 })
  assert.deepEqual(await violationsIn(page), [])
  const { panels } = await preview.seen(({ panels }) => panels.some(({ state }) => state === 'error'))
  assert.deepEqual(
    panels.slice(0, 3).map(({ state }) => state),
    ['ok', 'ok', 'ok'],
  )

  store.hang(false)
  await until('the lines are new again', 30_000, async () => ((await shown()).old === 'false' ? true : null))
  assert.deepEqual(await shown(), { old: 'false', age: '', lines: 3 })
  assert.deepEqual(preview.errors, [])
})

test('a panel says that there are more lines than it shows, and shows a thousand at most', async (t) => {
  const store = await storeOf(t)
  const preview = await opened(
    t,
    [
      lines(1, 'two', 'many', {}, { maxLines: 2 }),
      lines(2, 'all', 'all', {}, { maxLines: 3 }),
      lines(3, 'thousand', 'many', {}, { maxLines: 5000 }),
    ],
    store.url,
  )
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels.length === 3 && panels.every(({ state }) => state === 'ok'))
  const note = (id: number) =>
    preview.page.evaluate<readonly (string | number | null)[]>(`(() => {
      const panel = document.querySelector('[data-panel="${id}"]')
      return [panel.querySelectorAll('[data-line]').length, panel.querySelector('[data-note]')?.dataset.note ?? null]
    })()`)
  assert.deepEqual(await Promise.all([1, 2, 3].map(note)), [
    [2, 'only the newest 2 lines are shown, this time range has more'],
    [3, null],
    [1000, 'only the newest 1,000 lines are shown, this time range has more'],
  ])
  assert.deepEqual(preview.errors, [])
})
