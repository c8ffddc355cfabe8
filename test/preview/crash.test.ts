import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { openDashboard, panel } from './open-dashboard.ts'

// A row for each series, which has no time; the library's curves throw.
const reduced = { transformations: [{ id: 'reduce', options: { reducers: ['max'] } }] }

test('a panel that throws while it is drawn is in error and says why, and the title of the tab counts it', async (t) => {
  const preview = await openDashboard(t, {
    panels: [panel(1, 'timeseries', 'Reduced', 'a', reduced), panel(2, 'stat', 'Fine', 'a')],
  })
  if (preview === undefined) return
  const { panels } = await preview.seenAt(preview.url, ({ panels }) => panels.some(({ state }) => state === 'error'))
  assert.deepEqual(
    panels.map(({ title, state, words }) => [title, state, words.replace(/: .*/s, '')]),
    [
      ['Reduced', 'error', 'This panel could not be drawn'],
      ['Fine', 'ok', ''],
    ],
  )
  await until('the title names it', 10_000, async () =>
    (await preview.page.evaluate('document.title')) === '1 panel in error: A – botwatch preview' ? true : null,
  )
})
