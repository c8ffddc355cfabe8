import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperRun, valuesOf } from './paper-run.ts'

test("today's PnL restarts at midnight", async () => {
  const run = paperRun('midnight', Date.UTC(2026, 0, 15, 23, 59, 30))
  run.steps(59)
  const before = await run.samples()
  assert.notEqual(valuesOf(before, 'mcbot_today_pnl_usdt')[0], 0)
  run.steps(1)
  const after = await run.samples()
  assert.equal(valuesOf(after, 'mcbot_today_pnl_usdt')[0], 0)
  assert.notEqual(valuesOf(after, 'mcbot_equity_usdt')[0], 120_000)
})
