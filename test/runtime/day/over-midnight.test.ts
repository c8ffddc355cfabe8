import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUp, setUpTransfers } from './set-up.ts'

test('a loss while the bot is down over midnight is one of today: its last value counts', async (t) => {
  const before = setUp(t)
  before.at('01-15T09:00', 9_000)
  before.at('01-15T23:50', 10_000)
  await before.end()
  const { at, relativeChange, end, kept } = setUp(t, {}, before.file)
  assert.deepEqual(at('01-16T00:20', 9_400), [10_000, -600])
  assert.equal(relativeChange(), -0.06)
  await end()
  assert.equal(kept().days[0].capturedAt, '2026-01-15T23:50:00.000Z')
  // the process that follows keeps it, and tomorrow begins with what it has seen itself
  const next = setUp(t, {}, before.file)
  assert.deepEqual(next.at('01-16T12:00', 9_500), [10_000, -500])
  assert.deepEqual(next.at('01-16T23:59:59', 9_700), [10_000, -300])
  assert.deepEqual(next.at('01-17T00:00', 9_800), [9_800, 0])
})

test('also if the value becomes known some time after the start, and with what was transferred meanwhile', async (t) => {
  const before = setUpTransfers(t)
  before.after('01-15T23:50', 100, 0)
  await before.end()
  const { at, after } = setUpTransfers(t, before.file)
  assert.deepEqual(at('01-16T00:10', undefined), [undefined, undefined])
  // a tenth was lost, and half of the rest withdrawn
  assert.deepEqual(after('01-16T00:20', 45, -45), [-10, -0.1])
  assert.deepEqual(after('01-16T09:00', 50, -45), [-5, 0])
})
