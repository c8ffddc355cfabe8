import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRestarts } from '../../../runtime/watchdog/restarts.ts'

test('each restart waits twice as long as the one before, up to a minute, until none is left', () => {
  const restarts = createRestarts({ restarts: 8, within: 1000, pause: 1000 })
  assert.deepEqual(
    Array.from({ length: 9 }, () => restarts.take()),
    [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, null],
  )
  assert.equal(restarts.left(), 0)
})

test('a long enough period of health resets the restart count, a shorter one does not', () => {
  const restarts = createRestarts({ restarts: 3, within: 1000, pause: 10 })
  assert.deepEqual([restarts.take(), restarts.take()], [10, 20])
  restarts.healthy(999)
  assert.equal(restarts.left(), 1)
  restarts.healthy(1000)
  assert.equal(restarts.left(), 3)
  assert.equal(restarts.take(), 10)
})

test('with a limit of 0 the first failure is final', () => {
  assert.equal(createRestarts({ restarts: 0, within: 1000, pause: 10 }).take(), null)
})
