import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Page } from './browser.ts'

/** The rules of WCAG 2.2, levels A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What a component of Grafana's libraries violates, and cannot be repaired from outside. */
const known = [
  {
    // The time range and its zone are written without a space between them; the button's name has one.
    rule: 'label-content-name-mismatch',
    of: '[data-testid="data-testid TimePicker Open Button"]',
  },
  {
    // In an open selection, each option and what selects all have a box in them that can be focused, too.
    rule: 'nested-interactive',
    of: '[data-testid="data-testid Select option"], [data-testid="data-testid toggle all options"]',
  },
]

interface Results {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
  }[]
}

/** What axe-core finds on the page as it is, one line for each element. */
export async function violationsIn(page: Page): Promise<readonly string[]> {
  const axe = createRequire(fileURLToPath(new URL('../../preview/package.json', import.meta.url))).resolve('axe-core')
  await page.evaluate(readFileSync(axe, 'utf8'))
  const { violations } = await page.evaluate<Results>(
    `axe.run(document, { elementRef: true, runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } }).then(({ violations }) => ({
      violations: violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes
          .filter(({ element }) => !${JSON.stringify(known)}.some(({ rule, of }) => rule === id && element.matches(of)))
          .map(({ html, failureSummary }) => ({ html, failureSummary })),
      })),
    }))`,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replace(/\s+/g, ' ')}`),
  )
}
