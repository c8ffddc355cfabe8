import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperRun, valuesOf } from './paper-run.ts'

const stepsPerMinute = 120

test('the exchange refuses a call, bans the address for two minutes, then for four, and lifts the ban with the fault', async () => {
  const run = paperRun('ban', 0)
  const now = async () => {
    const samples = await run.samples()
    const one = (name: string) => valuesOf(samples, `mcbot_exchange_${name}`)[0]
    return {
      weight: one('limit_responses_total{reason="request_weight"}'),
      bans: one('limit_responses_total{reason="ban"}'),
      until: one('banned_until_timestamp'),
    }
  }
  run.steps(stepsPerMinute)
  assert.deepEqual(await now(), { weight: 0, bans: 0, until: 0 })
  run.turn('exchange-banned', true)
  run.steps(stepsPerMinute)
  const first = await now()
  assert.deepEqual({ ...first, until: 0 }, { weight: 1, bans: 1, until: 0 })
  assert.ok((first.until as number) > 180 && (first.until as number) < 190, `${first.until}`)
  run.steps(1.5 * stepsPerMinute)
  const second = await now()
  assert.deepEqual({ ...second, until: 0 }, { weight: 1, bans: 2, until: 0 })
  assert.ok((second.until as number) >= (first.until as number) + 240, `${second.until}`)
  run.turn('exchange-banned', false)
  run.steps(stepsPerMinute)
  assert.ok(((await now()).until as number) < 220)
  assert.equal((await now()).bans, 2)
})

test('orders are counted by the intervals of the exchange, and not between them', async () => {
  const run = paperRun('orders', 0)
  const used = async (interval: string) =>
    valuesOf(await run.samples(), `mcbot_exchange_orders_used{interval="${interval}"}`)[0] as number
  const sent = async () =>
    [...(await run.samples())]
      .filter(([series]) => /^mcbot_exchange_api_calls_total.*endpoint="order"/.test(series))
      .reduce((sum, [, count]) => sum + count, 0)
  let before = 0
  for (let ten = 0; ten < 12; ten++) {
    run.steps(19)
    const inTenSeconds = (await sent()) - before
    assert.equal(await used('10s'), inTenSeconds)
    run.steps(1)
    // the step at which an interval begins belongs to it
    before = (await sent()) - (await used('10s'))
  }
  assert.ok(before > 0)
})

test('the weight is what the exchange said with its last response, and ends a minute after it', async () => {
  const run = paperRun('weight', 0)
  run.steps(stepsPerMinute / 2)
  assert.equal(valuesOf(await run.samples(), 'mcbot_exchange_rate_limit_used').length, 1)
  run.wait(60)
  assert.equal(valuesOf(await run.samples(), 'mcbot_exchange_rate_limit_used').length, 0)
  run.steps(stepsPerMinute / 2)
  assert.equal(valuesOf(await run.samples(), 'mcbot_exchange_rate_limit_used').length, 1)
})
