import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../live/prometheus-api.ts'
import { openDashboard, panel } from './open-dashboard.ts'

test('a refresh that is not in the list of the picker runs, too', async (t) => {
  const preview = await openDashboard(t, { refresh: '2s', panels: [panel(1, 'timeseries', 'one', 'a')] })
  if (preview === undefined) return
  await preview.seenAt(preview.url, ({ panels }) => panels[0]?.state === 'ok')
  const before = preview.asked.length
  await until('the panel asks again', 20_000, async () => (preview.asked.length > before ? true : null))
  assert.deepEqual(preview.errors, [])
})
