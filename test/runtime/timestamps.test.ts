import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, gauge, ms, open, timestamp } from '../../runtime/metrics.ts'
import { linesOf } from './fixture.ts'

const clocks = catalogue('tb', {
  beat_timestamp: gauge({ help: 'Last turn.', unit: timestamp }),
  bar_timestamp: gauge({ help: 'Last bar.', unit: timestamp, labels: { symbol: open({ max: 3 }) } }),
  wait_ms: gauge({ help: 'Wait.', unit: ms }),
})
const inMs = 1_790_000_000_123

function lenient() {
  const said: string[] = []
  const metrics = createMetrics(clocks, {
    mode: 'lenient',
    log: (line) => said.push(line),
  })
  return { metrics, said }
}

test('a timestamp in milliseconds is refused, counted like other refusals, and the message says what to do', async () => {
  const { metrics, said } = lenient()
  metrics.beat_timestamp.set(inMs)
  metrics.beat_timestamp.set(inMs)
  metrics.bar_timestamp.set({ symbol: 'BTC' }, inMs)
  metrics.bar_timestamp.bind({ symbol: 'ETH' }).set(inMs)
  metrics.bar_timestamp.inc({ symbol: 'ETH' }, inMs)
  metrics.beat_timestamp.inc(inMs)
  assert.deepEqual(metrics.refused(), [
    { metric: 'tb_bar_timestamp', reason: 'number', count: 3 },
    { metric: 'tb_beat_timestamp', reason: 'number', count: 3 },
  ])
  const [line = ''] = said
  assert.ok(
    line.startsWith(
      'botwatch: tb_beat_timestamp.set: the value is 1790000000123, which is in milliseconds, expected seconds since 1970: divide it by 1000, such as Date.now() / 1000',
    ),
    line,
  )
  const text = await metrics.render()
  for (const name of ['tb_beat_timestamp', 'tb_bar_timestamp']) assert.deepEqual(linesOf(text, name), [])
})

test('seconds are accepted, and milliseconds in any other unit', async () => {
  const metrics = createMetrics(clocks)
  metrics.beat_timestamp.set(inMs / 1000)
  metrics.bar_timestamp.set({ symbol: 'BTC' }, 0)
  metrics.wait_ms.set(inMs)
  const text = await metrics.render()
  assert.deepEqual(
    ['tb_beat_timestamp', 'tb_bar_timestamp', 'tb_wait_ms'].flatMap((name) => linesOf(text, name)),
    ['tb_beat_timestamp 1790000000.123', 'tb_bar_timestamp{symbol="BTC"} 0', 'tb_wait_ms 1790000000123'],
  )
})

for (const [value, fix] of [
  [inMs * 1e3, '1790000000123000, which is in microseconds, expected seconds since 1970: divide it by 1000000'],
  [inMs * 1e6, '1790000000123000000, which is in nanoseconds, expected seconds since 1970: divide it by 1000000000'],
] as const)
  test(`strict mode throws: the value is ${fix}`, () => {
    const metrics = createMetrics(clocks, { mode: 'strict' })
    assert.throws(() => metrics.beat_timestamp.set(value), { message: `tb_beat_timestamp.set: the value is ${fix}` })
  })

test('a collect callback that returns milliseconds leaves its series out of the scrape', async () => {
  const { metrics, said } = lenient()
  metrics.beat_timestamp.collect(() => inMs)
  metrics.bar_timestamp.bind({ symbol: 'BTC' }).collect(() => Promise.resolve(inMs) as never)
  const text = await metrics.render()
  assert.deepEqual([...linesOf(text, 'tb_beat_timestamp'), ...linesOf(text, 'tb_bar_timestamp')], [])
  assert.deepEqual(metrics.refused(), [
    { metric: 'tb_bar_timestamp', reason: 'reader-failed', count: 1 },
    { metric: 'tb_beat_timestamp', reason: 'reader-failed', count: 1 },
  ])
  assert.match(
    said.join('\n'),
    /tb_beat_timestamp.*: the collect callback returned 1790000000123, which is in milliseconds, expected seconds since 1970: divide it by 1000, such as Date\.now\(\) \/ 1000: its series is left out of the scrape/,
  )
})
