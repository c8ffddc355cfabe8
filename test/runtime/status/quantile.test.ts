import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWindow, quantileOf } from '../../../runtime/status/quantile.ts'

const infinite = Number.POSITIVE_INFINITY
const table: readonly (readonly [string, number[], number[], number, { value: number; above: boolean } | null])[] = [
  ['nothing observed', [1, 2, infinite], [0, 0, 0], 0.5, null],
  ['halfway into the first bucket', [1, 2, infinite], [4, 4, 4], 0.5, { value: 0.5, above: false }],
  ['halfway into the second', [1, 2, infinite], [0, 4, 4], 0.5, { value: 1.5, above: false }],
  ['the end of the first of two', [1, 2, infinite], [2, 4, 4], 0.5, { value: 1, above: false }],
  ['above all bounds', [1, 2, infinite], [0, 1, 4], 0.95, { value: 2, above: true }],
  ['a first bound below zero', [-5, 0, infinite], [4, 4, 4], 0.5, { value: -5, above: false }],
]
for (const [name, bounds, totals, q, expected] of table)
  test(`the quantile ${q} of ${name}`, () => assert.deepEqual(quantileOf({ bounds, totals }, q), expected))

test('a window drops observations from before it, and starts again after a reset', () => {
  const window = createWindow(100, 0)
  window.look([1, 2], 30)
  assert.deepEqual(window.since([4, 8]), [4, 8], 'observations before the first sample count')
  window.look([4, 8], 60)
  window.look([5, 10], 110)
  assert.deepEqual(window.since([5, 10]), [5, 10], 'the window starts at the last sample that is old enough')
  window.look([5, 10], 140)
  assert.deepEqual(window.since([5, 10]), [4, 8])
  window.look([5, 10], 170)
  assert.deepEqual(window.since([5, 10]), [1, 2])
  assert.deepEqual(window.since([0, 1]), [0, 1])
})
