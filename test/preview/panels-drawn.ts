import { until } from '../live/prometheus-api.ts'
import type { Page } from './browser.ts'

/** Waits until every panel is on the page, none is loading, and fonts are loaded. */
export const panelsDrawn = (page: Page, count: number): Promise<unknown> =>
  until(
    `${count} panels are drawn`,
    30_000,
    async () =>
      (await page.evaluate<boolean>(`
        document.querySelectorAll('[data-panel]').length >= ${count} &&
        document.querySelectorAll('[data-panel][data-state="loading"]').length === 0 &&
        document.fonts.status === 'loaded'`)) || null,
  )
