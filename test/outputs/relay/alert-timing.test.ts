import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { arrivesEvery, quietLimit, startDelay, startLimit } from '../../../generators/stack/alert-timing.ts'

// Prometheus sends an alert again at the first evaluation after the resend delay, not at one that is exactly as late: measured with
// evaluations every 15 seconds and a delay of 45, it arrives every 60.
const table = [
  ['5s', 50, 105, 70, '--dispatch.start-delay=55s'],
  ['10s', 50, 105, 70, '--dispatch.start-delay=55s'],
  ['15s', 60, 125, 80, '--dispatch.start-delay=65s'],
  ['45s', 90, 185, 110, '--dispatch.start-delay=95s'],
  ['1m', 60, 125, 80, '--dispatch.start-delay=65s'],
] as const
for (const [evaluate, every, quiet, start, delay] of table)
  test(`evaluated every ${evaluate}, a firing alert arrives every ${every} seconds`, () => {
    const bot = { stack: { ...mcbot.stack, evaluate } }
    assert.deepEqual(
      [arrivesEvery(bot), quietLimit(bot), startLimit(bot), startDelay(bot)],
      [every, quiet, start, delay],
    )
  })
