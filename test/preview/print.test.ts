import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { browser, type Page, previewDist } from './browser.ts'
import { everyPanel, everyPanelCount, standIn } from './every-panel.ts'
import { panelsDrawn } from './panels-drawn.ts'
import { previewOf } from './preview-of.ts'

interface OnPaper {
  readonly ground: readonly string[]
  readonly controls: readonly string[]
  readonly panels: number
  readonly cutByPages: readonly string[]
  readonly scrolling: readonly string[]
  readonly overlapping: readonly string[]
  readonly tooWide: boolean
  readonly choices: string
}

/** The page as it is laid out for printing. */
const onPaper = (page: Page) =>
  page.evaluate<OnPaper>(`(() => {
    const all = (selector) => [...document.querySelectorAll(selector)]
    const items = all('.react-grid-item')
    const shown = (one) => one.checkVisibility()
    const box = (one) => one.getBoundingClientRect()
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
    return {
      ground: [document.documentElement, document.body].map((one) => getComputedStyle(one).backgroundColor + ' ' + getComputedStyle(one).filter),
      controls: all('button, nav a, [role="combobox"]').filter((one) => shown(one) && !one.closest('.react-grid-item')).map((one) => one.textContent),
      panels: all('[data-panel]').filter(shown).length,
      cutByPages: items.filter((one) => getComputedStyle(one).position !== 'static' || getComputedStyle(one).breakInside !== 'avoid').map((one) => one.textContent),
      scrolling: all('[data-panel], [data-panel] *').filter((one) => !one.closest('[role="grid"]') && /auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1).map((one) => one.outerHTML.slice(0, 200)),
      overlapping: items.filter((one, i) => items.some((other, k) => k < i && meet(box(one), box(other)))).map((one) => one.textContent.slice(0, 20)),
      tooWide: document.documentElement.scrollWidth > innerWidth,
      choices: all('[data-printed]').filter(shown).map((one) => one.innerText).join(),
    }
  })()`)

for (const mode of ['light', 'dark'] as const)
  for (const width of [1440, 390])
    test(`a dashboard in the ${mode} theme, ${width} pixels wide, is printed on white, without controls, and no panel is cut`, async (t) => {
      const chromium = await browser(t)
      if (chromium === undefined) return
      t.after(() => chromium.close())
      const prometheus = await standIn(t)
      const { url } = await previewOf(t, {
        page: previewDist,
        prometheus: prometheus.url,
        files: { 'a.json': everyPanel },
      })
      const { page, errors } = await chromium.open(width, mode)
      await page.goto(`${url}/d/tiny/a?from=2026-11-30T10:00:00Z&to=2026-11-30T11:00:00Z`)
      await panelsDrawn(page, everyPanelCount)
      assert.equal((await onPaper(page)).choices, '')
      const onScreen = await page.evaluate<number>(
        `document.querySelector('[data-panel="17"] > div > div').clientHeight`,
      )

      await page.emulateMedia({ media: 'print' })
      await until('the heights are kept', 20_000, async () =>
        (await page.evaluate<boolean>(
          `document.querySelector('.react-grid-item').style.getPropertyValue('--height') !== ''`,
        ))
          ? true
          : null,
      )
      assert.deepEqual(await onPaper(page), {
        ground:
          mode === 'light'
            ? ['rgb(255, 255, 255) none', 'rgb(251, 251, 251) none']
            : ['rgb(255, 255, 255) none', 'rgb(0, 0, 0) invert(1) hue-rotate(180deg)'],
        controls: [],
        panels: everyPanelCount,
        cutByPages: [],
        scrolling: [],
        overlapping: [],
        tooWide: false,
        choices: '2026-11-30 10:00:00 to 2026-11-30 11:00:00, Symbol: BTCUSDT',
      })
      const onPage = await page.evaluate<number>(`document.querySelector('[data-panel="17"] > div > div').clientHeight`)
      assert.ok(onPage > onScreen, `30 bars scroll in ${onScreen} pixels, and take ${onPage} on paper`)
      assert.deepEqual(errors, [])
    })
