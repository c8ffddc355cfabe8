import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../demo/mcbot/clock.ts'
import { instruments, symbols } from '../../demo/mcbot/setting.ts'
import { createDesk } from '../../demo/mcbot/trading/desk.ts'
import { createMarket } from '../../demo/mcbot/trading/market.ts'
import { paperRun, valuesOf } from './paper-run.ts'

const noon = Date.UTC(2026, 0, 15, 12)
const realTime = createClock(1)

test('at the speed of an exchange, six hours are six hourly bars of each symbol, and none is ever late', async () => {
  const run = paperRun('real time', noon, 'strict', realTime)
  const [hours, minute] = [6, 120]
  let oldest = 0
  for (let passed = 1; passed <= hours * 60; passed++) {
    run.steps(minute)
    const now = await run.samples()
    assert.deepEqual([...new Set(valuesOf(now, 'mcbot_bar_interval_seconds'))], [3600])
    oldest = Math.max(oldest, ...valuesOf(now, 'mcbot_last_bar_age_seconds'))
    const orders = valuesOf(now, 'mcbot_exchange_orders_used')
    assert.ok(orders.every((used) => used <= 15))
  }
  assert.equal(oldest, 3540)
  const bars = [...(await run.samples())].filter(([series]) => series.startsWith('mcbot_bars_total{'))
  const count = (timeframe: string) => bars.find(([series]) => series.includes(`"${timeframe}"`))?.[1]
  assert.deepEqual(
    { '1h': count('1h'), '4h': count('4h'), '1d': count('1d') },
    { '1h': hours * symbols.length, '4h': symbols.length, '1d': 0 },
  )
})

test('at the speed of an exchange, the strategies fill about five orders a day', () => {
  const desk = createDesk('mcbot', realTime)
  const days = Array.from({ length: 7 }, () => {
    let fills = 0
    for (let step = 0; step < realTime.stepsPerDay; step++) fills += desk.step().fills.length
    return fills
  })
  assert.deepEqual(days, [1, 5, 4, 5, 10, 3, 1])
})

test('the market takes the same path at every speed of the clock, only slower', () => {
  const figures = ['price', 'ahead', 'fundingRate', 'openInterest', 'volume', 'regime'] as const
  const points = (factor: number) => {
    const clock = createClock(factor)
    const market = createMarket('path', instruments, clock)
    return Array.from({ length: 25 }, () => {
      for (let step = 0; step < clock.stepsPerPoint; step++) market.step()
      return symbols.map((symbol) => [market.turned(symbol), ...figures.map((figure) => market[figure](symbol))])
    })
  }
  const usual = points(2880)
  for (const factor of [1, 60]) assert.deepEqual(points(factor), usual)
})

test('between two points of its path the price moves evenly, and a leg begins once', () => {
  const market = createMarket('path', instruments, realTime)
  const prices: number[] = []
  let turns = 0
  for (let step = 0; step < 10 * realTime.stepsPerPoint; step++) {
    market.step()
    prices.push(market.price('BTCUSDT'))
    if (market.turned('BTCUSDT')) turns += 1
  }
  const moves = prices.slice(1).map((price, at) => Math.abs(Math.log(price / (prices[at] as number))))
  assert.ok(Math.max(...moves) < 0.000_01)
  assert.equal(turns, 1)
})

test('a clock factor is a divisor of the usual one', () => {
  assert.throws(() => createClock(7), { message: 'the clock factor is 7, expected a divisor of 2880' })
})
