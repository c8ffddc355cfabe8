import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withOwnIds } from '../../preview/page/own-ids.ts'
import { openDashboard, panel } from './open-dashboard.ts'

const idsOf = (panels: readonly { readonly id?: number; readonly panels?: readonly object[] }[]): readonly unknown[] =>
  panels.map(({ id, panels }) => (panels === undefined ? id : [id, ...idsOf(panels)]))

test('a panel without an id of its own gets one, and the others keep theirs', () => {
  const row = { id: 7, type: 'row', panels: [{ id: 2 }, { id: 9 }, {}] }
  const panels = [{ id: 2 }, { id: 2 }, {}, row, { id: 7 }, { id: 0 }]
  const { panels: own } = withOwnIds(JSON.parse(JSON.stringify({ title: 'A', panels })))
  assert.deepEqual(idsOf(own), [2, 10, 11, [7, 12, 9, 13], 14, 15])
})

test('panels with the same id, without one and without queries are drawn and counted', async (t) => {
  const { id: _, ...without } = panel(3, 'stat', 'without an id', 'a')
  const preview = await openDashboard(t, {
    panels: [
      panel(1, 'stat', 'first', 'a'),
      { ...panel(2, 'stat', 'second', 'a'), id: 1 },
      without,
      panel(4, 'stat', 'without queries', 'a', { targets: [] }),
    ],
  })
  if (preview === undefined) return
  const { panels } = await preview.seenAt(preview.url, ({ panels }) => panels.length === 4)
  assert.deepEqual(
    panels.map(({ id, title, state, words }) => ({ id, title, state, words })),
    [
      { id: 1, title: 'first', state: 'ok', words: '' },
      { id: 5, title: 'second', state: 'ok', words: '' },
      { id: 6, title: 'without an id', state: 'ok', words: '' },
      { id: 4, title: 'without queries', state: 'empty', words: 'No data: the panel runs no query.' },
    ],
  )
  const { counts } = await preview.seenAt(preview.list, ({ counts }) => counts.length === 1)
  assert.deepEqual(counts, [{ ok: 3, expectedlyEmpty: 0, empty: 1, error: 0, unsupported: 0 }])
  assert.deepEqual(preview.errors, [])
})
