import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { browser, type Page, previewDist } from './browser.ts'
import { everyPanel, everyPanelCount, standIn } from './every-panel.ts'
import { panelsDrawn } from './panels-drawn.ts'
import { previewOf } from './preview-of.ts'

/** Collects what a screen reader announces: new text in a live region, and alerts that appear. */
const listen = `(() => {
  const live = '[role="status"], [role="alert"], [role="log"], [aria-live]:not([aria-live="off"])'
  window.said = []
  const say = (region) => {
    const text = region?.textContent ?? ''
    if (text !== '' && said.at(-1) !== text) said.push(text)
  }
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      say((target.nodeType === 1 ? target : target.parentElement)?.closest(live))
      for (const node of addedNodes)
        if (node.nodeType === 1) for (const region of [node, ...node.querySelectorAll('*')]) if (region.matches('[role="alert"]')) say(region)
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true })
})()`

const said = (page: Page) => page.evaluate<string[]>('window.said')
const title = (page: Page) => page.evaluate<string>('document.title')

async function opened(t: TestContext, search: string) {
  const chromium = await browser(t)
  if (chromium === undefined) return undefined
  t.after(() => chromium.close())
  const prometheus = await standIn(t)
  const files = { 'a.json': everyPanel }
  const { url } = await previewOf(t, { page: previewDist, prometheus: prometheus.url, files })
  const { page, errors } = await chromium.open(1440, 'light')
  await page.goto(`${url}/d/tiny/a${search}`)
  await page.evaluate(listen)
  await panelsDrawn(page, everyPanelCount)
  const announced = (count: number) =>
    until(`${count} announcements`, 20_000, async () => ((await said(page)).length >= count ? true : null))
  const titled = (wanted: string) =>
    until(`the title is ${wanted}`, 20_000, async () => ((await title(page)) === wanted ? true : null))
  return { page, errors, url, prometheus, announced, titled }
}

test('a screen reader hears of each change of a panel once, of what concerns the page once, and of the first load once', async (t) => {
  const window = await opened(t, '?refresh=1s')
  if (window === undefined) return
  const { page, prometheus, announced, titled } = window
  const expected = ['Every panel: 15 panels, 2 in error, 1 without data.']
  await announced(expected.length)
  await titled('2 panels in error: Every panel – botwatch preview')

  prometheus.withhold('breaker')
  expected.push('Breaker: no data.')
  await announced(expected.length)

  prometheus.withhold(null)
  expected.push('Breaker: shows data again.')
  await announced(expected.length)

  prometheus.refuse(() => 'too many samples')
  expected.push('too many samples. Every panel has no new data.')
  await announced(expected.length)
  await titled('No new data: Every panel – botwatch preview')

  prometheus.refuse()
  expected.push('Every panel: 2 without data, 11 panels with data again.')
  await announced(expected.length)
  await titled('2 panels in error: Every panel – botwatch preview')

  prometheus.refuse(() => null)
  expected.push('Refused: no data. Refused at length: no data.')
  await announced(expected.length)
  await titled('3 panels without data: Every panel – botwatch preview')

  const before = prometheus.asked()
  await until('two more refreshes', 20_000, async () => prometheus.asked() > before + 2 * everyPanelCount || null)
  assert.deepEqual(await said(page), expected)
  assert.deepEqual(window.errors, [])
})

test('the list says in its title how many panels do not show what they should', async (t) => {
  const window = await opened(t, '')
  if (window === undefined) return
  const { page, prometheus, titled } = window
  await page.goto(window.url)
  await titled('3 panels not fine: Dashboards – botwatch preview')
  prometheus.refuse(() => 'too many samples')
  await titled('No new data: Dashboards – botwatch preview')
  assert.deepEqual(window.errors, [])
})
