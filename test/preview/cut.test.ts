import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Browser, browser, previewDist } from './browser.ts'
import { panelsDrawn } from './panels-drawn.ts'
import { answeringServer, previewOf } from './preview-of.ts'

// What the dashboard tests report as cut off, on a dashboard where it is.

const symbols = Array.from({ length: 14 }, (_, i) => `SYMBOL${i + 1}`)
const endless = 'A title so long that nobody on a small screen will ever read the end of it, however hard they try'

const curves = {
  id: 1,
  type: 'timeseries',
  title: 'Curves',
  gridPos: { x: 0, y: 0, w: 24, h: 6 },
  options: { legend: { showLegend: true, displayMode: 'table', placement: 'right', calcs: ['lastNotNull'] } },
  fieldConfig: { defaults: {}, overrides: [] },
  targets: [{ refId: 'A', expr: 'x', legendFormat: '{{symbol}}' }],
}
const rows = {
  id: 2,
  type: 'table',
  title: 'Rows',
  gridPos: { x: 0, y: 6, w: 24, h: 6 },
  options: { showHeader: true },
  fieldConfig: { defaults: { custom: { minWidth: 300 } }, overrides: [] },
  targets: [{ refId: 'A', expr: 'x', format: 'table', instant: true }],
}
const low = {
  ...rows,
  id: 4,
  title: 'Low',
  gridPos: { x: 0, y: 16, w: 24, h: 2 },
  fieldConfig: { defaults: {}, overrides: [] },
}
const text = {
  id: 3,
  type: 'text',
  title: endless,
  gridPos: { x: 0, y: 12, w: 4, h: 4 },
  options: { mode: 'markdown', content: 'short' },
}

test('on a wide screen a legend in a panel that is too low and a title in one that is too narrow are reported as cut off', async (t) => {
  const seen = await seenAt(t, 1440, [curves, text])
  if (seen === undefined) return
  const names = seen.filter((one) => one.startsWith('Curves: SYMBOL'))
  assert.equal(names.at(-1), 'Curves: SYMBOL14')
  assert.ok(names.length > 3 && names.length < symbols.length, names.join())
  assert.ok(seen.includes(`${endless}: ${endless}`))
})

test('on a phone the panel grows until its whole legend is visible; columns beyond the edge are reported as cut off', async (t) => {
  const seen = await seenAt(t, 390, [curves, rows])
  if (seen === undefined) return
  assert.deepEqual(
    seen.filter((one) => one.startsWith('Curves')),
    [],
  )
  assert.match(seen.filter((one) => one.startsWith('Rows')).join('\n'), /Rows: the table is \d+ pixels too wide/)
})

test('a table is reported as cut off if not even its first row is fully visible, but not because it scrolls', async (t) => {
  const seen = await seenAt(t, 1440, [{ ...rows, fieldConfig: low.fieldConfig }, low])
  if (seen === undefined) return
  assert.deepEqual([...new Set(seen.map((one) => one.replace(/:.*/, '')))], ['Low'])
})

async function seenAt(
  t: TestContext,
  width: number,
  panels: readonly object[],
): Promise<readonly string[] | undefined> {
  const chromium: Browser | undefined = await browser(t)
  if (chromium === undefined) return undefined
  t.after(() => chromium.close())
  const { url } = await previewOf(t, {
    page: previewDist,
    prometheus: await many(t),
    files: { 'a.json': JSON.stringify({ title: 'Cut', panels }) },
  })
  const { page, errors } = await chromium.open(width, 'light')
  await page.goto(`${url}/d/tiny/a`)
  await panelsDrawn(page, panels.length)
  const { cut } = await chromium.look(page)
  assert.deepEqual(errors, [])
  return cut
}

/** Answers each query with a series for each symbol. */
const many = (t: TestContext) =>
  answeringServer(t, (path) => {
    const ranged = path.includes('query_range')
    const now = Date.now() / 1000
    const result = symbols.map((symbol) => ({
      metric: { symbol },
      ...(ranged
        ? {
            values: [
              [now - 60, '1'],
              [now, '2'],
            ],
          }
        : { value: [now, '2'] }),
    }))
    return JSON.stringify({ status: 'success', data: { resultType: ranged ? 'matrix' : 'vector', result } })
  })
