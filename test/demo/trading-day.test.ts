import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TradingDay } from '../../definitions/mcbot/day.ts'
import { createDayNumber } from '../../demo/mcbot/trading/trading-day.ts'
import { paperRun, valuesOf } from './paper-run.ts'

const cases: readonly (readonly [TradingDay, before: string, begins: string])[] = [
  [{ startsAt: '00:00', timeZone: 'UTC' }, '2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00Z'],
  [{ startsAt: '09:00', timeZone: 'Asia/Seoul' }, '2026-01-31T23:59:59Z', '2026-02-01T00:00:00Z'],
  [{ startsAt: '17:00', timeZone: 'America/New_York' }, '2026-01-15T21:59:00Z', '2026-01-15T22:00:00Z'],
  [{ startsAt: '17:00', timeZone: 'America/New_York' }, '2026-07-15T20:59:00Z', '2026-07-15T21:00:00Z'],
]
for (const [day, before, begins] of cases)
  test(`a day that starts at ${day.startsAt} in ${day.timeZone} begins at ${begins}`, () => {
    const number = createDayNumber(day)
    assert.equal(number(Date.parse(begins)), number(Date.parse(before)) + 1)
    assert.equal(number(Date.parse(begins) + 3_600_000 * 20), number(Date.parse(begins)))
  })

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
