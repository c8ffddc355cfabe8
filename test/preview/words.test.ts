import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { previewDist } from './browser.ts'
import { answeringServer, origin, previewOf, unusedAddress } from './preview-of.ts'
import { openWindow } from './window.ts'

const query = (expr: string) => ({ refId: 'A', expr, datasource: { type: 'prometheus', uid: 'prometheus' } })

const panel = (id: number, type: string, title: string, more: object = {}) => ({
  id,
  type,
  title,
  gridPos: { x: 0, y: id * 4, w: 12, h: 4 },
  options: { legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] } },
  fieldConfig: { defaults: {}, overrides: [] },
  ...more,
})

const dashboard = (title: string, ...panels: readonly object[]) => JSON.stringify({ title, panels })

/** Answers each query by the name of its metric. */
const prometheusOf = (t: TestContext) =>
  answeringServer(t, (path) => {
    if (path.includes('/label/__name__/')) return '{"status":"success","data":["fine"]}'
    const asked = new URL(path, 'http://prometheus').searchParams.get('query') ?? ''
    if (asked === 'refused') return '{"status":"error","errorType":"bad_data","error":"parse error: no such thing"}'
    const values = [[Date.now() / 1000, '1']]
    const result = asked === 'missing' || asked.includes('>') ? [] : [{ metric: { symbol: 'BTCUSDT' }, values }]
    return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
  })

test('each panel says why it shows nothing, and the others still work', async (t) => {
  const chromium = await openWindow(t)
  if (chromium === undefined) return
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await prometheusOf(t),
    files: {
      'a.json': dashboard(
        'All states',
        panel(1, 'timeseries', 'fine', { targets: [query('fine')] }),
        panel(2, 'timeseries', 'refused', { targets: [query('refused')] }),
        panel(3, 'timeseries', 'silent', { targets: [query('missing')] }),
        panel(4, 'timeseries', 'quiet', {
          targets: [query('missing')],
          fieldConfig: { defaults: { noValue: 'nothing was traded' }, overrides: [] },
        }),
        panel(5, 'timeseries', 'unfilled', { targets: [query('rate(fine[$__nothing])')] }),
        panel(6, 'logs', 'log'),
        panel(7, 'nodeGraph', 'graph'),
        panel(9, 'timeseries', 'unmatched', { targets: [query('fine > 5')] }),
        panel(8, 'text', 'note', { options: { mode: 'markdown', content: '**read** <script>throw 1</script>' } }),
      ),
    },
  })
  const seen = await chromium.seenAt(
    `${url}/d/tiny/a`,
    ({ panels }) => panels.length === 9 && panels.every(({ words }) => words !== 'No data in this time range.'),
  )
  assert.deepEqual(
    seen.panels.map(({ title, state, words }) => [title, state, words]),
    [
      ['fine', 'ok', ''],
      ['refused', 'error', 'parse error: no such thing'],
      [
        'silent',
        'empty',
        'No data: in this time range Prometheus has no series of missing. The bot, or the program that exposes it, is down, is not scraped or has not sent it yet.',
      ],
      ['quiet', 'empty', 'nothing was traded'],
      ['unfilled', 'error', 'No value is selected for $__nothing, so the query cannot run.'],
      ['log', 'empty', 'No data: the panel runs no query.'],
      ['graph', 'unsupported', "The preview cannot draw panels of type 'nodeGraph'."],
      ['note', 'ok', ''],
      [
        'unmatched',
        'empty',
        'No data: Prometheus has fine, but in this time range nothing matches what is selected at the top and the conditions of the query.',
      ],
    ],
  )
  const list = await chromium.seenAt(url, ({ counts }) => counts[0] !== undefined)
  assert.deepEqual(list.counts, [{ ok: 2, expectedlyEmpty: 1, empty: 3, error: 2, unsupported: 1 }])
  assert.deepEqual(chromium.errors, [])
})

test('if Prometheus is down, the first page and every panel say so', async (t) => {
  const chromium = await openWindow(t)
  if (chromium === undefined) return
  const away = await unusedAddress()
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: away,
    files: { 'a.json': dashboard('A', panel(1, 'timeseries', 'one', { targets: [query('one')] })) },
  })
  const sentence = `Prometheus at ${origin(away)} does not answer (ECONNREFUSED). Is it running? Use --prometheus to name another server.`
  assert.deepEqual((await chromium.seenAt(url, ({ sentences }) => sentences.length > 0)).sentences, [sentence])
  const { panels } = await chromium.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels.length === 1)
  assert.deepEqual(
    panels.map(({ state, words }) => [state, words]),
    [['error', sentence]],
  )
  assert.deepEqual(chromium.errors, [])
})

test('a regenerated dashboard is redrawn without a reload, and a broken file is reported', async (t) => {
  const chromium = await openWindow(t)
  if (chromium === undefined) return
  const one = panel(1, 'text', 'before', { options: { content: 'x' } })
  const { url, folder } = await previewOf(t, {
    page: previewDist,
    prometheus: await prometheusOf(t),
    files: { 'a.json': dashboard('A', one) },
  })
  await chromium.seenAt(`${url}/d/tiny/a`, ({ panels }) => panels[0]?.title === 'before')

  await writeFile(join(folder, 'a.json'), dashboard('A, changed', { ...one, title: 'after' }))
  const changed = await chromium.seen(({ panels }) => panels[0]?.title === 'after')
  assert.equal(changed.heading, 'A, changed')

  await writeFile(join(folder, 'a.json'), '{')
  const broken = await chromium.seen(({ sentences }) => sentences.length > 0)
  assert.match(broken.sentences[0] ?? '', /a\.json is not JSON \(.+\): run `make generate`\.$/)
  assert.equal(await chromium.page.evaluate('document.title'), 'Cannot be read: a – botwatch preview')

  await writeFile(join(folder, 'a.json'), dashboard('A', one))
  await chromium.seen(({ panels, sentences }) => panels[0]?.title === 'before' && sentences.length === 0)
  assert.deepEqual(chromium.errors, [])
})
