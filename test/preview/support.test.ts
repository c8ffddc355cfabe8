import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { bundleOf, previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { type SupportRow, supportRows, withSetting } from './support-table.ts'
import { openWindow } from './window.ts'

/** The type of panel that each table is about; the first is about all of them. */
const kinds: Readonly<Record<string, string>> = {
  'Every panel': 'timeseries',
  'Time series': 'timeseries',
  Stat: 'stat',
  Gauge: 'gauge',
  'Bar gauge': 'bargauge',
  Table: 'table',
  Heatmap: 'heatmap',
  'State timeline': 'state-timeline',
  'Pie chart': 'piechart',
  Logs: 'logs',
  Text: 'text',
}

const rowsOf = (section: string) => supportRows.filter((row) => row.section === section)

const variables = [
  { type: 'custom', name: 'symbol', query: 'BTC,ETH', multi: true, includeAll: true, current: { value: ['$__all'] } },
  { type: 'interval', name: 'step', query: '1m,5m' },
]

/** A panel of a kind with nothing but a query, and what a row of its table sets. */
function panelOf({ section, settings }: SupportRow, i: number): object {
  const type = kinds[section] ?? ''
  const target =
    type === 'table'
      ? { refId: 'A', expr: 'a', format: 'table', instant: true }
      : type === 'logs'
        ? { refId: 'A', expr: '*', datasource: { type: 'victoriametrics-logs-datasource' } }
        : { refId: 'A', expr: type === 'heatmap' ? 'a_bucket' : `a{symbol=~"$symbol", row="${i + 1}"}` }
  const panel = {
    id: i + 1,
    type,
    title: `row ${i + 1}`,
    gridPos: { x: (i % 2) * 12, y: Math.floor(i / 2) * 8, w: 12, h: 8 },
    ...(type === 'text' ? {} : { targets: [target] }),
  }
  return settings.reduce<unknown>(withSetting, panel) as object
}

/** Two series for each query: buckets if it asks for them; `asked` gets the questions. */
const prometheusOf = (t: TestContext, asked: URLSearchParams[] = []) =>
  answeringServer(t, (path) => {
    const { pathname, searchParams } = new URL(path, 'http://prometheus')
    asked.push(searchParams)
    if (pathname.includes('/label/')) return JSON.stringify({ status: 'success', data: ['BTCUSDT', 'ETHUSDT'] })
    const end = Number(searchParams.get('end') ?? searchParams.get('time'))
    const step = Number(searchParams.get('step') ?? 60)
    const metrics = (searchParams.get('query') ?? '').includes('bucket')
      ? [{ le: '1' }, { le: '5' }]
      : [{ symbol: 'BTC' }, { symbol: 'ETH' }]
    const series = metrics.map((metric, k) => ({
      metric,
      values: Array.from({ length: 20 }, (_, i) => [end - step * (19 - i), String(3 + 2 * k + (i % 4))]),
    }))
    const data = pathname.endsWith('query_range')
      ? { resultType: 'matrix', result: series }
      : { resultType: 'vector', result: series.map(({ metric, values }) => ({ metric, value: values.at(-1) })) }
    return JSON.stringify({ status: 'success', data })
  })

/** Two lines, or a figure of each minute. */
const storeOf = (t: TestContext) =>
  answeringServer(t, (path) => {
    const { pathname, searchParams } = new URL(path, 'http://store')
    const end = Number(searchParams.get('end') ?? searchParams.get('time'))
    if (pathname.endsWith('stats_query_range'))
      return `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[${end - 60},"1"]]}]}}`
    return [1, 2]
      .map((seq) => JSON.stringify({ _time: new Date((end - seq) * 1000).toISOString(), _msg: `line ${seq}` }))
      .join('\n')
  })

/** What rows of the table change in a question: its step and range in seconds, and how long before now it ends. */
const questions: Readonly<Record<string, { readonly step: number; readonly range: number; readonly ago: number }>> = {
  steps: { step: 60, range: 3600, ago: 0 },
  'its own time': { step: 15, range: 7200, ago: 3600 },
  'its own time, unsaid': { step: 15, range: 7200, ago: 0 },
  'times that are none': { step: 15, range: 3600, ago: 0 },
  'steps and legend of a query': { step: 60, range: 3600, ago: 0 },
}

test('a panel asks for its own steps and time, as in Grafana', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const rows = rowsOf('Every panel')
  const own = rows.map(panelOf).filter((_, i) => Object.hasOwn(questions, rows[i]?.what ?? ''))
  const asked: URLSearchParams[] = []
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await prometheusOf(t, asked),
    files: {
      'a.json': JSON.stringify({
        title: 'A',
        time: { from: 'now-1h', to: 'now' },
        panels: own,
        templating: { list: variables },
      }),
    },
  })
  for (const path of ['/d/tiny/a', '/']) {
    asked.length = 0
    const begun = Date.now()
    await window.seenAt(
      `${url}${path}`,
      ({ panels, counts }) => panels.length === own.length || counts[0] !== undefined,
    )
    const number = (i: number, name: string) =>
      Number(asked.find((one) => one.get('query')?.includes(`row="${i + 1}"`))?.get(name))
    assert.deepEqual(
      Object.fromEntries(
        rows.flatMap(({ what }, i) =>
          Object.hasOwn(questions, what)
            ? [
                [
                  what,
                  {
                    step: number(i, 'step'),
                    range: number(i, 'end') - number(i, 'start'),
                    ago: Math.round((begun / 1000 - number(i, 'end')) / 1800) * 1800,
                  },
                ],
              ]
            : [],
        ),
      ),
      questions,
    )
  }
  assert.deepEqual(window.errors, [])
})

test("the panel's minimum step is in $__interval, and the scrape interval in $__rate_interval", async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const target = { refId: 'A', expr: 'rate(a[$__rate_interval]) + rate(a[$__interval])' }
  const panel = { id: 1, type: 'timeseries', title: 'a', gridPos: { x: 0, y: 0, w: 12, h: 8 }, interval: '$step' }
  const panels = [
    { ...panel, targets: [target] },
    { ...panel, id: 2, targets: [{ ...target, interval: '5m' }] },
  ]
  const asked: URLSearchParams[] = []
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await prometheusOf(t, asked),
    files: {
      'a.json': JSON.stringify({
        title: 'A',
        time: { from: 'now-1h', to: 'now' },
        panels,
        templating: { list: variables },
      }),
    },
  })
  await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels.length === 2)
  assert.deepEqual([...new Set(asked.map((one) => one.get('query')))].sort(), [
    'rate(a[1200s]) + rate(a[300000ms])',
    'rate(a[75s]) + rate(a[60000ms])',
  ])
})

for (const [section, kind] of Object.entries(kinds))
  test(`the preview shows what its document says about ${section.toLowerCase()}`, async (t) => {
    const window = await openWindow(t)
    if (window === undefined) return
    const rows = rowsOf(section)
    const dashboard = { title: section, panels: rows.map(panelOf), templating: { list: variables } }
    const { url } = await previewOf(t, {
      page: previewDist,
      prometheus: await prometheusOf(t),
      logs: await storeOf(t),
      files: { 'a.json': JSON.stringify(dashboard) },
    })
    const { panels, sentences } = await window.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels.length === rows.length)
    const byId = new Map(panels.map((panel) => [panel.id, panel]))
    assert.deepEqual(
      rows.map(({ what }, i) => [what, byId.get(i + 1)?.state, byId.get(i + 1)?.words]),
      rows.map(({ what, note }) => [what, note === '' ? 'ok' : 'unsupported', note]),
    )
    assert.deepEqual(sentences, [])
    const named = rows.filter(({ note }) => note !== '').length
    const list = await window.seenAt(url, ({ counts }) => counts[0] !== undefined)
    assert.deepEqual(list.counts, [
      { ok: rows.length - named, expectedlyEmpty: 0, empty: 0, error: 0, unsupported: named },
    ])
    assert.deepEqual(window.errors, [])
    const decided = await window.page.evaluate<Readonly<Record<string, readonly string[]>>>(
      `(() => { ${bundleOf('test/support-paths.ts')}; return bundle.readSupportPaths() })()`,
    )
    assert.deepEqual(unmentioned(decided[section === 'Every panel' ? 'every' : kind] ?? [], rows), [])
  })

test('the preview shows what its document says about the dashboard', async (t) => {
  const window = await openWindow(t)
  if (window === undefined) return
  const rows = rowsOf('The dashboard')
  const panel = { id: 1, type: 'timeseries', title: 'a', gridPos: { x: 0, y: 0, w: 12, h: 8 } }
  const dashboard = { title: 'A', panels: [{ ...panel, targets: [{ refId: 'A', expr: 'a' }] }] }
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await prometheusOf(t),
    files: Object.fromEntries(
      rows.map(({ settings }, i) => [`${i}.json`, JSON.stringify(settings.reduce<unknown>(withSetting, dashboard))]),
    ),
  })
  for (const [i, { what, note }] of rows.entries()) {
    const { panels, sentences } = await window.seenAt(`${url}/d/tiny/${i}`, ({ panels }) => panels.length === 1)
    assert.deepEqual([what, panels[0]?.state, ...sentences], [what, 'ok', ...(note === '' ? [] : [note])])
  }
  await window.seenAt(url, ({ counts }) => counts.length === rows.length)
  const text = await window.page.evaluate<string>('document.body.innerText')
  assert.deepEqual(
    rows.filter(({ note }) => !text.includes(note)).map(({ note }) => note),
    [],
  )
  assert.deepEqual(window.errors, [])
})

/** The options about which the page decides, and the table says nothing. */
function unmentioned(decided: readonly string[], rows: readonly SupportRow[]): readonly string[] {
  assert.ok(decided.length > 0)
  const set = rows.flatMap(({ settings }) => settings.flatMap(({ path, value }) => leavesOf(path, value)))
  return decided.filter((path) => !set.some((one) => one.startsWith(path) || path.startsWith(`${one}.`)))
}

const leavesOf = (path: string, value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(`${path}.${key}`, inner))
    : [path]
