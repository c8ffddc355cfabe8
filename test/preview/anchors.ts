import { until } from '../live/prometheus-api.ts'
import type { Page } from './browser.ts'

// The links that a page shows.

interface Anchor {
  readonly href: string
  readonly target: string
  readonly rel: string
}

/** The links inside an element, as they are now. */
export const anchorsIn = (page: Page, selector: string): Promise<readonly Anchor[]> =>
  page.evaluate(`[...document.querySelectorAll('${selector} a[href]')].map((one) => ({
    href: one.getAttribute('href'), target: one.getAttribute('target') ?? '',
    rel: one.getAttribute('rel') ?? '' }))`)

/** Waits for the links of an element; the page asks for the list of dashboards first. */
export const linksIn = (page: Page, selector: string, count = 1) =>
  until(`${selector} has ${count} links`, 20_000, async () => {
    const found = await anchorsIn(page, selector)
    return found.length === count ? found : null
  })

/** What a menu offers once the element was clicked. */
export const menuOf = async (page: Page, selector: string) => {
  await page.evaluate(`document.querySelector('${selector}').dispatchEvent(new MouseEvent('click', { bubbles: true }))`)
  return until(`${selector} opens a menu`, 10_000, async () => {
    const found = await page.evaluate<readonly (readonly [string, string | null])[]>(
      `[...document.querySelectorAll('[role="menuitem"]')].map((one) => [one.textContent, one.getAttribute('href')])`,
    )
    return found.length > 0 ? found : null
  })
}
