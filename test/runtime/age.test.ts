import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { clock, linesOf, runtimeMetrics } from './fixture.ts'

test('an age runs from the start, is zero when touched, and grows from scrape to scrape', async () => {
  const time = clock(10_000)
  const metrics = createMetrics(runtimeMetrics, { now: time.now })
  const read = async () => linesOf(await metrics.render(), 'tb_loop_age_seconds')
  assert.deepEqual(await read(), ['tb_loop_age_seconds 0'])
  time.ms += 61_234
  assert.deepEqual(await read(), ['tb_loop_age_seconds 61.234'])
  metrics.loop_age_seconds.touch()
  assert.deepEqual(await read(), ['tb_loop_age_seconds 0'])
  time.ms += 500.4
  assert.deepEqual(await read(), ['tb_loop_age_seconds 0.5'])
})

test('the age of an open value starts when the value is first expected, bound or touched', async () => {
  const time = clock()
  const metrics = createMetrics(runtimeMetrics, { now: time.now })
  metrics.expect({ symbol: ['EXPECTED'] })
  time.ms = 10_000
  metrics.expect({ symbol: ['EXPECTED'] })
  const bound = metrics.feed_age_seconds.bind({ symbol: 'BOUND' })
  time.ms = 15_000
  metrics.feed_age_seconds.touch({ symbol: 'TOUCHED' })
  time.ms = 16_000
  const read = async () => linesOf(await metrics.render(), 'tb_feed_age_seconds')
  assert.deepEqual(await read(), [
    'tb_feed_age_seconds{symbol="EXPECTED"} 16',
    'tb_feed_age_seconds{symbol="BOUND"} 6',
    'tb_feed_age_seconds{symbol="TOUCHED"} 1',
  ])
  bound.touch()
  metrics.feed_age_seconds.remove({ symbol: 'EXPECTED' })
  assert.deepEqual(await read(), ['tb_feed_age_seconds{symbol="BOUND"} 0', 'tb_feed_age_seconds{symbol="TOUCHED"} 1'])
})

test('a removed age is absent until it is touched again', async () => {
  const time = clock()
  const metrics = createMetrics(runtimeMetrics, { now: time.now })
  const read = async () => linesOf(await metrics.render(), 'tb_loop_age_seconds')
  metrics.loop_age_seconds.remove()
  assert.deepEqual(await read(), [])
  time.ms = 3000
  metrics.loop_age_seconds.touch()
  assert.deepEqual(await read(), ['tb_loop_age_seconds 0'])
})

test('a clock that goes back does not make an age negative', async () => {
  const time = clock(5000)
  const metrics = createMetrics(runtimeMetrics, { now: time.now })
  time.ms = 0
  assert.deepEqual(linesOf(await metrics.render(), 'tb_loop_age_seconds'), ['tb_loop_age_seconds 0'])
})
