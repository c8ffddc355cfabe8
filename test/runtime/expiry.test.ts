import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, gauge, oneOf, open } from '../../runtime/metrics.ts'
import { clock, linesOf } from './fixture.ts'

const labels = { symbol: open({ max: 2 }), side: oneOf('bid', 'ask') }
const size = gauge({ help: 'x', labels, expiresAfter: '1m' })
const expiring = catalogue('tb', {
  weight_used: gauge({ help: 'x', expiresAfter: '1m' }),
  calls: gauge({ help: 'x', initially: 2, expiresAfter: '1m' }),
  size,
  notional: gauge({ help: 'x', labels, endsWith: size }),
})

function started() {
  const time = clock(5000)
  const metrics = createMetrics(expiring, { now: time.now })
  const lines = async (name: string) => linesOf(await metrics.render(), `tb_${name}`)
  return { time, metrics, lines }
}

test('a value that was not set again in time ends, and the next one is exposed again', async () => {
  const { time, metrics, lines } = started()
  metrics.weight_used.set(7)
  time.ms += 59_999
  assert.deepEqual(await lines('weight_used'), ['tb_weight_used 7'])
  time.ms += 1
  assert.deepEqual(await lines('weight_used'), [])
  metrics.weight_used.set(8)
  assert.deepEqual(await lines('weight_used'), ['tb_weight_used 8'])
  time.ms += 40_000
  metrics.weight_used.set(8)
  time.ms += 40_000
  assert.deepEqual(await lines('weight_used'), ['tb_weight_used 8'], 'the same value set again is true again')
})

test('a gauge with an initial value returns to it', async () => {
  const { time, metrics, lines } = started()
  assert.deepEqual(await lines('calls'), ['tb_calls 2'])
  time.ms += 3_600_000
  assert.deepEqual(await lines('calls'), ['tb_calls 2'])
  metrics.calls.inc(3)
  assert.deepEqual(await lines('calls'), ['tb_calls 5'])
  time.ms += 60_000
  assert.deepEqual(await lines('calls'), ['tb_calls 2'])
})

test('an increment after the end begins from the initial value, also without a scrape in between', async () => {
  const { time, metrics, lines } = started()
  const bound = metrics.weight_used.bind()
  metrics.calls.inc(3)
  bound.inc(3)
  time.ms += 60_000
  metrics.calls.dec()
  bound.inc()
  assert.deepEqual(await lines('calls'), ['tb_calls 1'])
  assert.deepEqual(await lines('weight_used'), ['tb_weight_used 1'])
})

test('series expire one by one, take those that end with them along, and free their place in the budget', async () => {
  const { time, metrics, lines } = started()
  const bid = metrics.size.bind({ symbol: 'A', side: 'bid' })
  bid.set(1)
  metrics.notional.set({ symbol: 'A', side: 'bid' }, 10)
  metrics.size.set({ symbol: 'B', side: 'ask' }, 2)
  time.ms += 30_000
  metrics.size.set({ symbol: 'B', side: 'bid' }, 3)
  time.ms += 30_000
  assert.deepEqual(await lines('size'), ['tb_size{symbol="B",side="bid"} 3'])
  assert.deepEqual(await lines('notional'), [])
  metrics.size.set({ symbol: 'C', side: 'ask' }, 4)
  assert.deepEqual(await lines('size'), ['tb_size{symbol="B",side="bid"} 3', 'tb_size{symbol="C",side="ask"} 4'])
  time.ms += 60_000
  assert.deepEqual(await lines('size'), [])
  bid.set(5)
  assert.deepEqual(await lines('size'), ['tb_size{symbol="A",side="bid"} 5'], 'a handle outlives its series')
})

test('what a callback computes at every scrape never expires', async () => {
  const { time, metrics, lines } = started()
  metrics.weight_used.set(1)
  metrics.weight_used.collect(() => 4)
  metrics.calls.collect(async () => 5)
  time.ms += 3_600_000
  assert.deepEqual(await lines('weight_used'), ['tb_weight_used 4'])
  assert.deepEqual(await lines('calls'), ['tb_calls 5'])
  time.ms += 3_600_000
  assert.deepEqual(await lines('weight_used'), ['tb_weight_used 4'])
  assert.deepEqual(await lines('calls'), ['tb_calls 5'])
})

test('a value that expired was set all the same', async () => {
  const time = clock()
  const due = gauge({ help: 'x', expiresAfter: '1m', mustBeSetWithin: '5m' })
  const metrics = createMetrics(catalogue('tb', { due }), { now: time.now })
  metrics.due.set(1)
  time.ms = 3_600_000
  const text = await metrics.render()
  assert.deepEqual(linesOf(text, 'tb_due'), [])
  assert.deepEqual(linesOf(text, 'tb_contract_never_set'), ['tb_contract_never_set{metric="tb_due"} 0'])
})

test('a registry of prom-client sees the same', async () => {
  const { time, metrics } = started()
  metrics.weight_used.set(7)
  const value = async () => /^tb_weight_used (.*)$/m.exec(await metrics.registry.metrics())?.[1]
  assert.equal(await value(), '7')
  time.ms += 60_000
  assert.equal(await value(), undefined)
})
