import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { anchorsIn, linksIn, menuOf } from './anchors.ts'
import { previewDist } from './browser.ts'
import { answeringServer, origin, previewOf } from './preview-of.ts'
import { openWindow } from './window.ts'

const panes = (queries: readonly object[], range?: object) =>
  `/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ a: { datasource: 'prometheus', queries, range } }))}`

/** A variable in the notation with braces. */
const braced = (name: string) => `\${${name}}`

const link = (title: string, url: string, more: object = {}) => ({ title, url, ...more })

const panel = (id: number, type: string, links: readonly object[], more: object = {}) => ({
  id,
  type,
  title: `${type} ${id}`,
  gridPos: { x: 0, y: id * 5, w: 12, h: 5 },
  options: { legend: { showLegend: false }, reduceOptions: { calcs: ['lastNotNull'] }, showHeader: true },
  fieldConfig: { defaults: { links, min: 0, max: 10 }, overrides: [] },
  targets: [{ refId: 'A', expr: 'fine', ...(type === 'table' ? { format: 'table', instant: true } : {}) }],
  ...more,
})

const dashboard = (title: string, panels: readonly object[], more: object = {}) =>
  JSON.stringify({
    uid: `uid-${title}`,
    title,
    panels,
    time: { from: 'now-1h', to: 'now' },
    templating: { list: [{ type: 'query', name: 'symbol', query: 'label_values(symbol)' }] },
    ...more,
  })

/** A preview of dashboards by name, with one series; opens the first of them. */
async function openLinks(t: TestContext, files: Readonly<Record<string, string>>) {
  const window = await openWindow(t)
  if (window === undefined) return undefined
  const prometheus = await answeringServer(t, (path) => {
    const asked = path.includes('/query?') ? 'vector' : 'matrix'
    const point = [Math.floor(Date.now() / 1000), '7']
    const result = [{ metric: { symbol: 'BTC USDT' }, value: point, values: [point] }]
    const data = path.includes('/label/') ? ['BTC USDT', 'ETH'] : { resultType: asked, result }
    return JSON.stringify({ status: 'success', data })
  })
  const { url } = await previewOf(t, { page: previewDist, prometheus, files })
  const [first = ''] = Object.keys(files)
  const path = `/d/tiny/${first.replace(/\.json$/, '')}`
  await window.seenAt(`${url}${path}`, ({ panels }) => panels.length > 0)
  return { ...window, url, prometheus: origin(prometheus) }
}

const outside = { target: '_blank', rel: 'noopener noreferrer' }
const inside = { target: '', rel: '' }

test('a link of a value leads to its dashboard, to the Prometheus web UI or outside, with its variables filled in', async (t) => {
  const explored = panes(
    [
      { expr: `fine{symbol="${braced('__field.labels.symbol')}"}`, datasource: { type: 'prometheus' }, range: true },
      { expr: '{job="bot"}', datasource: { type: 'loki' } },
      { expr: 'up', instant: true },
    ],
    { from: '1764500000000', to: '1764507200000' },
  ).replaceAll(/%24%7B(.+?)%7D/g, (_, name: string) => braced(name))
  const preview = await openLinks(t, {
    'a.json': dashboard('a', [
      panel(1, 'stat', [
        link('Runbook', `https://runbooks.example/${braced('__field.labels.symbol')}?value=${braced('__value.raw')}`),
      ]),
      panel(2, 'gauge', [link('Other', `/d/uid-b/slug?${braced('__url_time_range')}&${braced('__all_variables')}`)]),
      panel(3, 'bargauge', [link('Explore', explored)]),
      panel(4, 'piechart', [link('Recent', panes([{ expr: 'fine' }], { from: 'now-6h', to: 'now' }))]),
      panel(5, 'table', [
        link('Row', `/d/uid-b?var-symbol=${braced('__data.fields.symbol')}&from=${braced('__from')}`),
      ]),
      panel(6, 'state-timeline', [link('Same', '?var-symbol=$symbol')]),
      panel(7, 'text', [], {
        options: {
          content: '[B](/d/uid-b?from=now-6h) [Outside](https://x.example/) [Admin](/admin) [JS](javascript:x)',
        },
      }),
    ]),
    'b.json': dashboard('b', [panel(1, 'stat', [])]),
  })
  if (preview === undefined) return
  const { page, prometheus } = preview
  const shown = async (id: number) => (await linksIn(page, `[data-panel="${id}"]`))[0]
  assert.deepEqual(await shown(1), { href: 'https://runbooks.example/BTC%20USDT?value=7', ...outside })
  assert.deepEqual(await shown(2), {
    href: '/d/tiny/b?from=now-1h&to=now&timezone=browser&var-symbol=BTC%20USDT',
    ...inside,
  })
  const three = await shown(3)
  assert.equal(
    decodeURIComponent(three?.href ?? '').replaceAll('+', ' '),
    [
      `${prometheus}/graph?g0.expr=fine{symbol="BTC USDT"}&g0.tab=0&g0.range_input=2h&g0.end_input=2025-11-30 12:53:20`,
      '&g1.expr=up&g1.tab=1&g1.range_input=2h&g1.end_input=2025-11-30 12:53:20',
    ].join(''),
  )
  assert.deepEqual([three?.target, three?.rel], [outside.target, outside.rel])
  assert.deepEqual(await shown(4), {
    href: `${prometheus}/graph?g0.expr=fine&g0.tab=0&g0.range_input=6h`,
    ...outside,
  })
  assert.deepEqual(await shown(6), { href: '/d/tiny/a?var-symbol=BTC%20USDT', ...inside })
  assert.deepEqual(await linksIn(page, '[data-panel="7"]', 2), [
    { href: '/d/tiny/b?from=now-6h', ...inside },
    { href: 'https://x.example/', ...outside },
  ])
  assert.deepEqual(
    await page.evaluate(
      `[...document.querySelectorAll('[data-panel="7"] span[title]')].map((one) => [one.textContent, one.title])`,
    ),
    [
      ['Admin', 'Only Grafana has this page.'],
      ['JS', 'This link is not a web address.'],
    ],
  )
  const cells = (await linksIn(page, '[data-panel="5"]', 3)).map(({ href }) => href.replace(/\d{13}/, 'TIME'))
  assert.deepEqual([...new Set(cells)], ['/d/tiny/b?var-symbol=BTC%20USDT&from=TIME'])
  assert.deepEqual(preview.errors, [])
})

test('several links of a value open a menu, in every kind of panel', async (t) => {
  const links = [link('Runbook', 'https://runbooks.example/'), link('Other', '/d/uid-a')]
  const kinds = ['stat', 'gauge', 'bargauge', 'piechart', 'state-timeline', 'heatmap']
  const preview = await openLinks(t, {
    'a.json': dashboard(
      'a',
      kinds.map((kind, i) =>
        panel(
          i + 1,
          kind,
          links,
          kind === 'heatmap' ? { targets: [{ refId: 'A', expr: 'fine', format: 'heatmap' }] } : {},
        ),
      ),
    ),
  })
  if (preview === undefined) return
  for (const [i, kind] of kinds.entries()) {
    const offered = await menuOf(
      preview.page,
      `[data-panel="${i + 1}"] button, [data-panel="${i + 1}"] [aria-haspopup="menu"]`,
    )
    assert.deepEqual(
      offered,
      [
        ['Runbook', 'https://runbooks.example/'],
        ['Other', '/d/tiny/a'],
      ],
      kind,
    )
    await preview.page.evaluate(`document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))`)
    await until('the menu is closed', 10_000, async () => {
      await preview.page.evaluate(
        `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))`,
      )
      return (await preview.page.evaluate<boolean>(`document.querySelector('[role="menuitem"]') === null`)) || null
    })
  }
  assert.deepEqual(preview.errors, [])
})

test('what leads nowhere or runs a script is not a link, and its text stays', async (t) => {
  const dead = [
    link('Script', 'javascript:alert(1)'),
    link('Split script', 'java\nscript:alert(1)'),
    link('Data', 'data:text/html,<script>alert(1)</script>'),
    link('Settings', '/admin/settings'),
    link('Unknown', '/d/uid-of-no-one'),
    link('Log', panes([{ expr: '{job="bot"}', datasource: { type: 'loki' } }])),
    link('Nothing', ''),
  ]
  const kinds = ['stat', 'gauge', 'bargauge', 'piechart', 'table', 'state-timeline']
  const preview = await openLinks(t, {
    'a.json': dashboard(
      'a',
      [
        ...kinds.map((kind, i) => panel(i + 1, kind, dead)),
        panel(8, 'table', [dead[0] ?? {}]),
        panel(9, 'text', [], { options: { content: 'x' }, links: dead }),
        panel(10, 'text', [], { options: { content: 'alive' }, links: [link('Alive', 'https://alive.example/')] }),
      ],
      { links: dead.map((one) => ({ ...one, type: 'link' })) },
    ),
  })
  if (preview === undefined) return
  const { page } = preview
  await until('the links of panels are shown', 10_000, async () =>
    (await anchorsIn(page, 'section')).length > 0 ? true : null,
  )
  assert.deepEqual(await anchorsIn(page, 'section'), [{ href: 'https://alive.example/', ...outside }])
  assert.deepEqual(await anchorsIn(page, '[aria-label="links of the dashboard"]'), [])
  assert.equal(await page.evaluate(`document.querySelectorAll('[data-panel] [aria-haspopup="menu"]').length`), 0)
  assert.deepEqual(
    await page.evaluate(
      `[...document.querySelectorAll('[aria-label="links of the dashboard"] span[title]')].map((one) => [one.textContent, one.title])`,
    ),
    [
      ['Script', 'This link is not a web address.'],
      ['Split script', 'This link is not a web address.'],
      ['Data', 'This link is not a web address.'],
      ['Settings', 'Only Grafana has this page.'],
      ['Unknown', 'The preview has no dashboard with the uid uid-of-no-one.'],
      ['Log', "Only Grafana's Explore can show this."],
      ['Nothing', 'This link is not a web address.'],
    ],
  )
  const offered = await menuOf(page, '[aria-label="links of text 9"]')
  assert.deepEqual(
    offered.map(([, href]) => href),
    dead.map(() => null),
  )
  assert.deepEqual(preview.errors, [])
})

test('the links of a panel and of a dashboard keep the view if they are to, also after it changes', async (t) => {
  const kept = { keepTime: true, includeVars: true }
  const preview = await openLinks(t, {
    'a.json': dashboard(
      'a',
      [panel(1, 'stat', [], { links: [link('Elsewhere', 'https://else.example/?a=1#top', { ...kept })] })],
      {
        links: [
          { type: 'link', title: 'Alertmanager of $symbol', url: 'http://alerts.example:9093', targetBlank: true },
          { type: 'link', title: 'B', url: '/d/uid-b', ...kept },
          { type: 'dashboards', title: 'Money', tags: ['money'], ...kept },
          { type: 'dashboards', title: 'Menu', tags: ['money'], asDropdown: true },
          { type: 'dashboards', title: 'All', tags: [] },
        ],
      },
    ),
    'b.json': dashboard('b', [panel(1, 'stat', [])], { tags: ['money'] }),
    'c.json': dashboard('c', [panel(1, 'stat', [])], { tags: ['money', 'more'] }),
  })
  if (preview === undefined) return
  const { page } = preview
  const top = '[aria-label="links of the dashboard"]'
  const view = '?from=now-1h&to=now&timezone=browser&var-symbol=BTC USDT'
  const readLinks = () =>
    page.evaluate(
      `[...document.querySelectorAll('${top} a')].map((one) => [one.textContent, one.getAttribute('href'), one.target])`,
    )
  await until('variables are filled in', 10_000, async () =>
    JSON.stringify(await readLinks()).includes('BTC') ? true : null,
  )
  assert.deepEqual(await readLinks(), [
    ['Alertmanager of BTC USDT', 'http://alerts.example:9093/', '_blank'],
    ['B', `/d/tiny/b${view}`, ''],
    ['b', `/d/tiny/b${view}`, ''],
    ['c', `/d/tiny/c${view}`, ''],
  ])
  assert.deepEqual(await menuOf(page, `${top} button`), [
    ['b', '/d/tiny/b'],
    ['c', '/d/tiny/c'],
  ])
  const ofPanel = () => anchorsIn(page, 'section')
  assert.deepEqual(await ofPanel(), [
    { href: `https://else.example/?a=1&from=now-1h&to=now&timezone=browser&var-symbol=BTC%20USDT#top`, ...outside },
  ])

  await page.goto(`${preview.url}/d/tiny/a?from=now-6h&to=now&var-symbol=ETH`)
  await until('the links follow the view', 10_000, async () =>
    (await ofPanel())[0]?.href === 'https://else.example/?a=1&from=now-6h&to=now&timezone=browser&var-symbol=ETH#top'
      ? true
      : null,
  )
  assert.deepEqual(preview.errors, [])
})
