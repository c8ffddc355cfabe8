import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../demo/mcbot/clock.ts'
import { type Conditions, createConditions, fall, startedLater } from '../../demo/mcbot/conditions.ts'
import { paperRun, totalOf } from './paper-run.ts'

const minute = 120

const runUnder = (unusual: Partial<Conditions>) =>
  paperRun('conditions', 0, 'strict', createClock(1), { conditions: createConditions(unusual) })

test('a bot that is long with its whole equity loses as much as the market', async () => {
  const run = runUnder({ activity: 0, held: 1, shock: fall(0.4, 60, 120) })
  const losses: number[] = []
  for (const minutes of [1, 0.5, 0.5, 1]) {
    run.steps(minutes * minute)
    losses.push(Math.round((await run.samples()).get('mcbot_drawdown_pct') ?? Number.NaN))
  }
  assert.deepEqual(losses, [0, 20, 40, 40])
})

test('streams connect one after another during the warm-up', async () => {
  const run = runUnder({ watched: ['A', 'B', 'C', 'D'], warmUp: 120 })
  const connected: number[] = []
  for (let i = 0; i < 4; i++) {
    run.steps(minute / 2)
    connected.push(totalOf(await run.samples(), 'mcbot_exchange_ws_connected'))
  }
  assert.deepEqual(connected, [1, 2, 3, 4])
})

test('bars that close during a maintenance are fetched after it', async () => {
  const run = runUnder({ activity: 0 })
  const bars = async () => (await run.samples()).get('mcbot_bars_total{timeframe="1h"}')
  run.steps(61 * minute)
  const before = await bars()
  run.turn('exchange-maintenance', true)
  run.steps(120 * minute)
  const during = await bars()
  run.turn('exchange-maintenance', false)
  run.steps(1)
  assert.deepEqual([before, during, await bars()], [5, 5, 15])
})

test('thin trading has fewer messages on the streams, and later starts know what time it is', async () => {
  const messages = async (conditions: Conditions) => {
    const run = paperRun('conditions', 0, 'strict', createClock(1), { conditions })
    const counts: number[] = []
    for (let i = 0; i < 3; i++) {
      run.steps(minute)
      counts.push(totalOf(await run.samples(), 'mcbot_ws_messages_received_total'))
    }
    return counts
  }
  const thin = createConditions({ turnover: (seconds) => (seconds > 120 ? 0.05 : 1) })
  assert.deepEqual(await messages(thin), [7506, 14_864, 15_297])
  assert.deepEqual(await messages(startedLater(thin, 120)), [432, 852, 1285])
})
