import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard, panel } from './open-dashboard.ts'

const query = (name: string, label: string, more: object = {}) => ({
  type: 'query',
  name,
  query: `label_values(up, ${label})`,
  ...more,
})

const dashboard = (list: readonly object[], ...exprs: readonly string[]) => ({
  panels: exprs.map((expr, i) => panel(i + 1, 'timeseries', expr, expr)),
  templating: { list },
})

test('variables of each kind have their saved values when a dashboard is opened, on its page and in the list', async (t) => {
  const several = { multi: true, includeAll: true }
  const variables = [
    query('one', 'symbol', { current: { value: 'ETH' } }),
    query('gone', 'symbol', { current: { value: 'DOGE' } }),
    query('none', 'symbol'),
    query('two', 'symbol', { ...several, current: { value: ['BTC', 'ETH'] } }),
    query('all', 'symbol', { ...several, allValue: '.*', current: { value: ['$__all'] } }),
    query('part', 'symbol', { regex: '/(.).*/', sort: 2 }),
    { type: 'custom', name: 'custom', query: 'live : L, paper : P', current: { value: 'P' } },
    { type: 'constant', name: 'constant', query: 'rate' },
    { type: 'interval', name: 'interval', query: '1m,5m', current: { value: '5m' } },
    { type: 'interval', name: 'auto', query: '1m,5m', auto: true, auto_count: 10, current: { value: '$__auto' } },
    { type: 'textbox', name: 'text', query: 'default', current: { value: 'saved' } },
  ]
  const expr =
    '$constant(x{o="$one",g="$gone",n="$none",t=~"$two",a=~"$all",p="$part",c="$custom",x="$text"}[$interval])'
  const preview = await openDashboard(t, dashboard(variables, expr, 'rate(y[$auto])'))
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels.length === 2 && panels.every(({ state }) => state === 'ok'))
  const queries = () => [...new Set(preview.asked.splice(0).map((one) => one.get('query')))].sort()
  const expected = ['rate(x{o="ETH",g="BTC",n="BTC",t=~"(BTC|ETH)",a=~".*",p="E",c="P",x="saved"}[5m])', 'rate(y[5m])']
  assert.deepEqual(queries(), expected)
  await preview.seenAt(preview.list, ({ counts }) => counts[0] !== undefined)
  assert.deepEqual(
    queries().filter((one) => one !== 'vector(1)'),
    expected,
  )
  assert.deepEqual(preview.errors, [])
})

test('a panel that uses a variable without values says so, and so does the list', async (t) => {
  const variables = [
    query('none', 'none', { includeAll: true, multi: true, current: { value: ['$__all'] } }),
    query('single', 'none'),
    query('broken', 'broken'),
    query('fine', 'symbol', { multi: true }),
    { type: 'custom', name: 'custom', query: '' },
  ]
  const preview = await openDashboard(t, {
    ...dashboard(variables, 'x{a=~"$none"}', 'x{a="$single"}', 'x{a="$broken"}', 'x{a=~"$fine"}', 'x{a="$custom"}'),
    annotations: { list: [{ name: 'fired', enable: true, expr: 'ALERTS{a=~"$none"}' }] },
  })
  if (preview === undefined) return
  const expected = [
    'No value of none: Prometheus has no series for label_values(up, none).',
    'No value of single: Prometheus has no series for label_values(up, none).',
    'No value of broken: parse error',
    '',
    'No value of custom: it has no values to choose from.',
  ]
  const seen = await preview.seenAt(
    preview.url,
    ({ panels, sentences }) => panels.length === 5 && panels.every(({ state }) => state !== '') && sentences.length > 0,
  )
  assert.deepEqual(
    seen.panels.map(({ words }) => words),
    expected,
  )
  assert.deepEqual(seen.sentences, [`Alerts are not marked in the curves: ${expected[0]}`])

  // An empty selection is the first value, as in Grafana: no query asks for a label that matches nothing.
  preview.asked.length = 0
  await preview.seenAt(`${preview.url}?var-fine=`, ({ panels }) => panels.length === 5 && panels[3]?.state === 'ok')
  assert.deepEqual([...new Set(preview.asked.map((one) => one.get('query')))], ['x{a=~"BTC"}'])

  const { counts } = await preview.seenAt(preview.list, ({ counts }) => counts[0] !== undefined)
  assert.deepEqual(counts, [{ ok: 1, expectedlyEmpty: 0, empty: 0, error: 4, unsupported: 0 }])
  const text = await preview.page.evaluate<string>('document.body.innerText')
  assert.deepEqual(
    expected.filter((words) => !text.includes(words)),
    [],
  )
  assert.deepEqual(preview.errors, [])
})

test('a panel that uses a variable of a kind that the preview does not know is not drawn', async (t) => {
  const preview = await openDashboard(
    t,
    dashboard(
      [
        { type: 'switch', name: 'on' },
        { type: 'adhoc', name: 'filters', filters: [{ key: 'symbol', operator: '=', value: 'BTC' }] },
      ],
      'x{a="$on"}',
      'x',
    ),
  )
  if (preview === undefined) return
  const { panels } = await preview.seenAt(preview.url, ({ panels }) => panels.length === 2)
  assert.deepEqual(
    panels.map(({ state, words }) => [state, words]),
    [
      ['unsupported', 'The preview does not fill $on: it does not know the type switch.'],
      ['unsupported', 'The preview does not apply filters to the queries: it does not know the type adhoc.'],
    ],
  )
  assert.deepEqual(preview.errors, [])
})

test('a panel of a row that Grafana repeats says so', async (t) => {
  const row = { type: 'row', title: 'a row', collapsed: false, repeat: 'symbol', panels: [] }
  const preview = await openDashboard(t, {
    panels: [
      { ...row, id: 10, gridPos: { x: 0, y: 0, w: 24, h: 1 } },
      panel(1, 'timeseries', 'one', 'x{symbol=~"$symbol"}'),
      panel(2, 'timeseries', 'two', 'x', { repeat: 'symbol' }),
    ],
    templating: { list: [query('symbol', 'symbol', { multi: true })] },
  })
  if (preview === undefined) return
  const { panels } = await preview.seenAt(
    preview.url,
    ({ panels }) => panels.length === 2 && panels.every(({ state }) => state === 'unsupported'),
  )
  const ofRow = 'The preview does not draw repeat of the row by symbol: Grafana shows one row for each.'
  assert.deepEqual(
    panels.map(({ words }) => words),
    [ofRow, `The preview does not draw repeat by symbol: Grafana shows one panel for each. ${ofRow}`],
  )
  assert.deepEqual(preview.errors, [])
})

for (const width of [1440, 390])
  test(`${width} pixels wide, a page says that its range does not end now`, async (t) => {
    const preview = await openDashboard(t, dashboard([], 'x'), width)
    if (preview === undefined) return
    const past = () =>
      preview.page.evaluate<string>(`document.querySelector('[data-past-range]')?.checkVisibility() === true
        ? document.querySelector('[data-past-range]').textContent : ''`)
    const open = (search: string) =>
      preview.seenAt(`${preview.url}?timezone=utc&${search}`, ({ panels }) => panels[0]?.state === 'ok')
    await open('from=now-1h&to=now')
    assert.equal(await past(), '')
    await open('from=2026-11-28T23:30:00Z&to=2026-11-29T00:30:00Z')
    assert.equal(await past(), 'A past range: 2026-11-28 23:30 to 00:30')
    await open('from=2026-11-20T23:30:00Z&to=2026-11-29T00:30:00Z')
    assert.equal(await past(), 'A past range: 2026-11-20 23:30 to 2026-11-29 00:30')
    await open('from=now-2h&to=now-1h')
    assert.match(await past(), /^A past range: /)
    assert.deepEqual(preview.errors, [])
  })
