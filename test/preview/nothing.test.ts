import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDashboard, panel } from './open-dashboard.ts'

const naming = (fields: string, more: object = {}) => ({
  options: { reduceOptions: { calcs: ['lastNotNull'], fields } },
  fieldConfig: { defaults: more, overrides: [] },
})
const drawing = (custom: object) => ({ fieldConfig: { defaults: { custom }, overrides: [] } })
const logarithmic = drawing({ scaleDistribution: { type: 'log', log: 10 } })
const unnamed = 'Nothing to draw: no field that matches /nosuch/ has a value.'

test('a panel that shows none of its values is empty, on its dashboard and in the list', async (t) => {
  const preview = await openDashboard(t, {
    panels: [
      panel(1, 'stat', 'stat', 'a', naming('/nosuch/')),
      panel(2, 'gauge', 'gauge', 'a', naming('/nosuch/')),
      panel(3, 'bargauge', 'bars', 'a', naming('/nosuch/')),
      panel(4, 'piechart', 'pie', 'a', naming('/nosuch/')),
      panel(5, 'stat', 'declared', 'a', naming('/nosuch/', { noValue: 'none expected' })),
      panel(6, 'stat', 'one of them', 'a', naming('/BTC/')),
      panel(7, 'stat', 'its time', 'a', naming('/^Time$/')),
      panel(8, 'piechart', 'losses', '-a'),
      panel(9, 'timeseries', 'losses on a log scale', '-a', logarithmic),
      panel(10, 'timeseries', 'gains on a log scale', 'a', logarithmic),
      panel(11, 'timeseries', 'hidden', 'a', drawing({ hideFrom: { viz: true, legend: false, tooltip: false } })),
    ],
  })
  if (preview === undefined) return
  const { panels } = await preview.seenAt(preview.url, ({ panels }) => panels.length === 11)
  assert.deepEqual(
    panels.map(({ title, state, declared, words }) => [title, state, declared, words]),
    [
      ['stat', 'empty', false, unnamed],
      ['gauge', 'empty', false, unnamed],
      ['bars', 'empty', false, unnamed],
      ['pie', 'empty', false, unnamed],
      ['declared', 'empty', true, 'none expected'],
      ['one of them', 'ok', false, ''],
      ['its time', 'ok', false, ''],
      ['losses', 'empty', false, 'Nothing to draw: a pie has slices for values above 0 only.'],
      ['losses on a log scale', 'empty', false, 'Nothing to draw: a logarithmic scale has values above 0 only.'],
      ['gains on a log scale', 'ok', false, ''],
      ['hidden', 'empty', false, 'Nothing to draw: all series are hidden.'],
    ],
  )
  const list = await preview.seenAt(preview.list, ({ counts }) => counts[0] !== undefined)
  assert.deepEqual(list.counts, [{ ok: 3, expectedlyEmpty: 1, empty: 7, error: 0, unsupported: 0 }])
  assert.deepEqual(preview.errors, [])
})
