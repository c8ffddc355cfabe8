import type { TestContext } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { type Browser, browser } from './browser.ts'

type Seen = Awaited<ReturnType<Browser['look']>>

/** A window in which a test can wait until something is visible. */
export async function openWindow(t: TestContext, width = 1000) {
  const chromium = await browser(t)
  if (chromium === undefined) return undefined
  t.after(() => chromium.close())
  const { page, errors } = await chromium.open(width, 'light')
  const seen = (wanted: (seen: Seen) => boolean) =>
    until('the expected content is visible', 20_000, async () => {
      const found = await chromium.look(page)
      const isDrawn = found.waiting === 0 && found.panels.every(({ state }) => state !== 'loading')
      return wanted(found) && isDrawn ? found : null
    })
  return {
    page,
    errors,
    seen,
    seenAt: async (url: string, wanted: (seen: Seen) => boolean) => {
      await page.goto(url)
      return seen(wanted)
    },
  }
}
