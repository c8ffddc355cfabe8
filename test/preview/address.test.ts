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
  const notATime = (one: string) =>
    `${one} in the address is not a time: write now-6h, 2026-11-29T23:30:00Z or Unix milliseconds.`
  const seconds = (one: string) =>
    `${one} in the address is in Unix seconds, and is read as milliseconds: write ${one.replace(/^\w+=/, '')}000.`
  const cases: Readonly<Record<string, readonly string[]>> = {
    'from=yesterday': [notATime('from=yesterday')],
    'from=1795994000&to=1795997600': [seconds('from=1795994000'), seconds('to=1795997600')],
    'from=20261332': [notATime('from=20261332')],
    'from=2026-02-31': [notATime('from=2026-02-31')],
    'from=now-6x': [notATime('from=now-6x')],
    'from=nowhere&to=now': [notATime('from=nowhere')],
    'from=1795994000000000': [notATime('from=1795994000000000')],
    'from=1795994000000&to=1795997600000': [],
    'from=20261129T233000&to=20261130': [],
    'from=now-1d/d&to=now': [],
  }
  for (const [search, expected] of Object.entries(cases)) {
    const { sentences } = await preview.seenAt(
      `${preview.url}/d/tiny/a?${search}`,
      ({ panels, sentences }) => panels.length === 1 && sentences.length === expected.length,
    )
    assert.deepEqual(sentences, expected)
  }
  assert.deepEqual(preview.errors, [])
})

test('a range that ends before it begins is named, and the bot is not blamed', async (t) => {
  const preview = await openDashboard(t, 'up', 'up')
  if (preview === undefined) return
  const { panels, sentences } = await preview.seenAt(
    `${preview.url}/d/tiny/a?from=now-1h&to=now-2h`,
    ({ panels, sentences }) => panels.length === 2 && sentences.length > 0,
  )
  const words = 'The time range ends before it begins: from must be before to.'
  assert.deepEqual(sentences, [`${words} 2 of 2 panels have no new data.`])
  assert.deepEqual(
    panels.map(({ state, words }) => [state, words]),
    Array(2).fill(['error', 'See the top of the page.']),
  )
  assert.deepEqual(preview.asked, [])
  assert.deepEqual(preview.errors, [])
})

test('a value in the address that a variable does not have is named', async (t) => {
  const preview = await openDashboard(t, 'up{env="$env"}')
  if (preview === undefined) return
  const { sentences } = await preview.seenAt(
    `${preview.url}/d/tiny/a?var-env=nosuch`,
    ({ panels, sentences }) => panels[0]?.state === 'ok' && sentences.length > 0,
  )
  assert.deepEqual(sentences, ['env=nosuch in the address is not among the values of env (live, paper).'])
  const fine = await preview.seenAt(`${preview.url}/d/tiny/a?var-env=paper`, ({ panels }) => panels[0]?.state === 'ok')
  assert.deepEqual(fine.sentences, [])
  assert.deepEqual(preview.errors, [])
})

test('a variable in the address that no dashboard has is named, on a dashboard and in the list', async (t) => {
  const preview = await openDashboard(t, 'up{env="$env"}')
  if (preview === undefined) return
  const expected = ['var-envv=paper in the address selects nothing: the dashboards have no variable envv, only env.']
  const { sentences } = await preview.seenAt(
    `${preview.url}/d/tiny/a?var-envv=paper&var-env=live`,
    ({ panels }) => panels[0]?.state === 'ok',
  )
  assert.deepEqual(sentences, expected)
  const list = await preview.seenAt(`${preview.url}/?var-envv=paper&var-env=live`, ({ counts }) => counts.length === 1)
  assert.deepEqual(list.sentences, expected)
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
  assert.deepEqual(await list('/d/%E0%A4%A'), [
    'Dashboards',
    'There is nothing at /d/%E0%A4%A. These are all dashboards.',
  ])
  for (const path of ['/d/nosuch', '/foo', '/explore'])
    assert.deepEqual(await list(path), ['Dashboards', `There is nothing at ${path}. These are all dashboards.`])
  assert.equal((await fetch(`${preview.url}/foo`, { headers: { accept: 'text/html' } })).status, 404)
  assert.deepEqual(preview.errors, [])
})
