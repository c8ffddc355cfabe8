import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { previewDist } from './browser.ts'
import { answeringServer, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const panel = (id: number, expr: string) => ({
  id,
  type: 'timeseries',
  title: `panel ${id}`,
  gridPos: { x: 0, y: id * 4, w: 12, h: 4 },
  options: { legend: { showLegend: false } },
  fieldConfig: { defaults: {}, overrides: [] },
  targets: [{ refId: 'A', expr }],
})

const dashboard = (...exprs: readonly string[]) =>
  JSON.stringify({
    title: 'A',
    time: { from: 'now-1h', to: 'now' },
    panels: exprs.map((expr, i) => panel(i + 1, expr)),
    templating: { list: [{ type: 'query', name: 'env', query: 'label_values(up, env)' }] },
  })

/** A preview of a dashboard with these queries, and what it asked Prometheus. */
async function openDashboard(t: TestContext, ...exprs: readonly string[]) {
  const window = await openWindow(t)
  if (window === undefined) return undefined
  const asked: URLSearchParams[] = []
  const prometheus = await answeringServer(t, (path) => {
    const { searchParams } = new URL(path, 'http://prometheus')
    if (searchParams.has('query')) asked.push(searchParams)
    const values = [[Number(searchParams.get('end')), '1']]
    const data = path.includes('/label/')
      ? ['live', 'paper']
      : { resultType: 'matrix', result: [{ metric: {}, values }] }
    return JSON.stringify({ status: 'success', data })
  })
  const { url } = await previewOf(t, { page: previewDist, prometheus, files: { 'a.json': dashboard(...exprs) } })
  return { ...window, url, asked }
}

test('a $ in PromQL that does not begin a variable reaches Prometheus as it is', async (t) => {
  const exprs = [
    'label_replace(up{env="$env"}, "a", "$1", "b", "(.*)")',
    'balance{coin="$WIF"}',
    'balance{coin=~"[[a-z]]+$"}',
    'balance{coin="$__foo"}',
    'balance{owner="$__user"}',
  ]
  const preview = await openDashboard(t, ...exprs)
  if (preview === undefined) return
  const { panels } = await preview.seenAt(`${preview.url}/d/tiny/a`, ({ panels }) => panels.length === exprs.length)
  assert.deepEqual(
    panels.map(({ state, words }) => [state, words]),
    [
      ['ok', ''],
      ['ok', ''],
      ['ok', ''],
      ['ok', ''],
      ['error', 'No value is selected for $__user, so the query cannot run.'],
    ],
  )
  assert.deepEqual(
    [...new Set(preview.asked.map((one) => one.get('query') ?? ''))].sort(),
    [exprs[1], exprs[2], exprs[3], exprs[0]?.replace('$env', 'live')].sort(),
  )
  assert.deepEqual(preview.errors, [])
})

test('times in the address are read as people write them; what is not a time is named', async (t) => {
  const preview = await openDashboard(t, 'up')
  if (preview === undefined) return
  const from = '2026-11-29T23:30:00Z'
  await preview.seenAt(
    `${preview.url}/d/tiny/a?from=${from}&to=2026-11-30T01:30:00%2B01:00`,
    ({ panels }) => panels[0]?.state === 'ok',
  )
  const [first] = preview.asked
  assert.deepEqual(
    [first?.get('start'), first?.get('end')].map((seconds) => new Date(Number(seconds) * 1000).toISOString()),
    ['2026-11-29T23:30:00.000Z', '2026-11-30T00:30:00.000Z'],
  )
  const { sentences } = await preview.seenAt(
    `${preview.url}/d/tiny/a?from=yesterday`,
    ({ sentences }) => sentences.length > 0,
  )
  assert.deepEqual(sentences, [
    'from=yesterday in the address is not a time: write now-6h, 2026-11-29T23:30:00Z or Unix milliseconds.',
  ])
  assert.deepEqual(preview.errors, [])
})

test('a value in the address that a variable does not have is named', async (t) => {
  const preview = await openDashboard(t, 'up{env="$env"}')
  if (preview === undefined) return
  const { sentences } = await preview.seenAt(
    `${preview.url}/d/tiny/a?var-env=nosuch&var-other=1`,
    ({ panels, sentences }) => panels[0]?.state === 'ok' && sentences.length > 0,
  )
  assert.deepEqual(sentences, ['env=nosuch in the address is not among the values of env (live, paper).'])
  const fine = await preview.seenAt(`${preview.url}/d/tiny/a?var-env=paper`, ({ panels }) => panels[0]?.state === 'ok')
  assert.deepEqual(fine.sentences, [])
  assert.deepEqual(preview.errors, [])
})

test('an address without a page of its own lists the dashboards', async (t) => {
  const preview = await openDashboard(t, 'up')
  if (preview === undefined) return
  const list = async (path: string) => {
    const { heading, sentences } = await preview.seenAt(`${preview.url}${path}`, ({ counts }) => counts.length === 1)
    return [heading, ...sentences]
  }
  assert.deepEqual(await list('/d/tiny'), ['Dashboards'])
  for (const path of ['/d/nosuch', '/foo', '/explore'])
    assert.deepEqual(await list(path), ['Dashboards', `There is nothing at ${path}. These are all dashboards.`])
  assert.equal((await fetch(`${preview.url}/foo`, { headers: { accept: 'text/html' } })).status, 404)
  assert.deepEqual(preview.errors, [])
})
