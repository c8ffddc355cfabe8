import { until } from '../live/prometheus-api.ts'
import type { Page } from './browser.ts'

/** Waits until at least so many panels and all that follow are on the page, none is loading, fonts are loaded, and the layout is at rest. */
export async function panelsDrawn(page: Page, count: number): Promise<void> {
  await until(
    `${count} panels are drawn`,
    30_000,
    async () =>
      (await page.evaluate<boolean>(`
        document.querySelectorAll('[data-panel]').length >= ${count} &&
        document.querySelector('[data-griditem-key^="place-"]:not(:has([data-panel]))') === null &&
        document.querySelectorAll('[data-panel][data-state="loading"]').length === 0 &&
        document.fonts.status === 'loaded'`)) || null,
  )
  await page.evaluate(atRest)
}

/** Resolves when no panel has moved for several frames: after a change of the window's size, panels follow one by one. */
const atRest = `new Promise((resolve) => {
  const places = () => [...document.querySelectorAll('[data-panel]')].map((panel) => {
    const { x, y, width, height } = panel.getBoundingClientRect()
    return [x, y, width, height].map(Math.round).join()
  }).join()
  let before = ''
  let same = 0
  const look = () => {
    const now = places()
    same = now === before ? same + 1 : 0
    before = now
    if (same < 10) requestAnimationFrame(look)
    else resolve(null)
  }
  look()
})`
