import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { violationsIn } from './axe.ts'
import { browser, type Page, previewDist } from './browser.ts'
import { everyPanel, everyPanelCount, standIn } from './every-panel.ts'
import { panelsDrawn } from './panels-drawn.ts'
import { previewOf } from './preview-of.ts'

const minute = 60_000

/** Makes the window as high as its page, so that nothing is out of view. */
async function openWhole(page: Page, width: number): Promise<void> {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ width, height })
  await panelsDrawn(page, everyPanelCount)
}

const headings = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('h1, h2, h3, [role="heading"]')].map((one) => (one.ariaLevel ?? one.tagName.slice(1)) + ' ' + one.textContent)`,
  )

for (const mode of ['light', 'dark'] as const)
  for (const width of [1440, 390])
    test(`axe-core finds nothing in the ${mode} preview, ${width} pixels wide, whatever its panels show`, async (t) => {
      const chromium = await browser(t)
      if (chromium === undefined) return
      t.after(() => chromium.close())
      const prometheus = await standIn(t)
      const files = { 'a.json': everyPanel, 'b.json': '{' }
      const { url } = await previewOf(t, { page: previewDist, prometheus: prometheus.url, files })
      const { page, errors } = await chromium.open(width, mode)
      await page.clock.install()

      await page.goto(`${url}/d/tiny/a?refresh=1h`)
      await panelsDrawn(page, everyPanelCount)
      await openWhole(page, width)
      assert.deepEqual(await violationsIn(page), [])

      await page.clock.setFixedTime(Date.now() + 120 * minute)
      await until('what is drawn is old', 30_000, async () =>
        (await page.evaluate<boolean>(
          `document.querySelectorAll('[data-old="true"]').length > 9 && !document.querySelector('[data-type="stat"] [data-old="false"]')`,
        ))
          ? true
          : null,
      )
      assert.deepEqual(await violationsIn(page), [])

      await page.goto(url)
      await until('the list is counted', 30_000, async () =>
        (await page.evaluate<boolean>(`document.querySelector('[data-ok]') !== null`)) ? true : null,
      )
      assert.deepEqual(await violationsIn(page), [])
      assert.deepEqual(errors, [])
    })

test('the headings of a dashboard are a tree: the dashboard, its rows, their panels', async (t) => {
  const chromium = await browser(t)
  if (chromium === undefined) return
  t.after(() => chromium.close())
  const prometheus = await standIn(t)
  const { panels, ...rest } = JSON.parse(everyPanel)
  const above = { ...panels[1], id: 99, title: 'Above', gridPos: { x: 0, y: 0, w: 24, h: 4 } }
  const [row, first, second] = panels
  const files = { 'a.json': JSON.stringify({ ...rest, panels: [above, row, first, second, panels.at(-1)] }) }
  const { url } = await previewOf(t, { page: previewDist, prometheus: prometheus.url, files })
  const { page, errors } = await chromium.open(1440, 'light')
  await page.goto(`${url}/d/tiny/a`)
  await panelsDrawn(page, 3)
  assert.deepEqual(await headings(page), [
    '1 Every panel',
    '2 Above',
    '2 Fine',
    '3 Equity',
    '3 Balance',
    '2 Closed (1 panel)',
  ])
  const expanded = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('h2 button')].map((one) => one.getAttribute('aria-expanded'))`,
    )
  assert.deepEqual(await expanded(), ['true', 'false'])
  await page.evaluate(`[...document.querySelectorAll('h2 button')].at(-1).click()`)
  await panelsDrawn(page, 4)
  assert.deepEqual(await expanded(), ['true', 'true'])
  assert.deepEqual((await headings(page)).slice(-2), ['2 Closed', '3 Hidden'])
  assert.deepEqual(errors, [])
})
