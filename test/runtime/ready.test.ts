import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics, serve } from '../../runtime/index.ts'
import { catalogue, counter, gauge, stateSet } from '../../runtime/metrics.ts'

const declared = catalogue('own', {
  turns_total: counter({ help: 'Turns of the main loop.' }),
  balance: gauge({ help: 'Balance.', mustBeSetWithin: '1m' }),
  mode: stateSet({ help: 'Mode.', states: ['paper', 'live'], mustBeSetWithin: '1m' }),
  spread: gauge({ help: 'Spread.' }),
  drift: gauge({ help: 'Drift.', mayBeAbsent: { for: '1m', because: 'the detector needs data' } }),
})

test('/readyz waits until every metric that must be set has been, and then for the bot’s own check', async (t) => {
  const metrics = createMetrics(declared)
  let warm = false
  const server = await serve(metrics, { port: 0, ready: () => warm || 'waiting for the first candle' })
  t.after(server.close)
  const said = async () => {
    const response = await fetch(`${server.url}/readyz`)
    return [response.status, await response.text()]
  }
  assert.deepEqual(await said(), [503, 'not ready: metrics not set yet: own_balance, own_mode\n'])
  metrics.balance.set(1)
  assert.deepEqual(await said(), [503, 'not ready: metrics not set yet: own_mode\n'])
  metrics.mode.set('paper')
  assert.deepEqual(await said(), [503, 'waiting for the first candle\n'])
  warm = true
  assert.deepEqual(await said(), [200, 'ready\n'])
})
