import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { violationsIn } from './axe.ts'
import { openDashboard, panel } from './open-dashboard.ts'

const filterable = { fieldConfig: { defaults: { custom: { filterable: true, inspect: true } }, overrides: [] } }
const several = {
  type: 'query',
  name: 'symbol',
  query: 'label_values(a, symbol)',
  multi: true,
  includeAll: true,
  current: { value: ['BTC', 'ETH'] },
}

test('axe-core finds nothing of the preview in an open selection of several values and a table with filters', async (t) => {
  const preview = await openDashboard(t, {
    panels: [panel(1, 'table', 'Rows', 'a', filterable, { format: 'table', instant: true })],
    templating: { list: [several] },
  })
  if (preview === undefined) return
  const { page } = preview
  await preview.seenAt(preview.url, ({ panels }) => panels[0]?.state === 'ok')
  assert.deepEqual(await violationsIn(page), [])
  await page.evaluate(
    `document.querySelector('input[role="combobox"]').dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }))`,
  )
  await until('the options are listed', 20_000, async () =>
    (await page.evaluate<boolean>(`document.querySelectorAll('[role="listbox"] [role="option"]').length === 3`))
      ? true
      : null,
  )
  assert.deepEqual(await violationsIn(page), [])
  assert.deepEqual(
    await page.evaluate(
      `[...document.querySelectorAll('input[type="checkbox"]')].map((box) => box.getAttribute('aria-label'))`,
    ),
    ['Selected (2)', 'All', 'BTC', 'ETH'],
  )
  assert.deepEqual(preview.errors, [])
})
