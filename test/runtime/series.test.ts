import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, counter, gauge, info, oneOf, open } from '../../runtime/metrics.ts'
import { linesOf, runtimeMetrics } from './fixture.ts'

test('the first use of an open value creates all its closed combinations at zero', async () => {
  const metrics = createMetrics(runtimeMetrics)
  metrics.fills_total.inc({ symbol: 'BTC', side: 'sell' })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_fills_total'), [
    'tb_fills_total{symbol="BTC",side="buy"} 0',
    'tb_fills_total{symbol="BTC",side="sell"} 1',
  ])
})

test('binding an open value creates its series at zero, before the first event', async () => {
  const metrics = createMetrics(runtimeMetrics)
  const buys = metrics.fills_total.bind({ symbol: 'BTC', side: 'buy' })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_fills_total'), [
    'tb_fills_total{symbol="BTC",side="buy"} 0',
    'tb_fills_total{symbol="BTC",side="sell"} 0',
  ])
  buys.inc()
  assert.match(await metrics.render(), /^tb_fills_total\{symbol="BTC",side="buy"\} 1$/m)
})

test('expected values start at zero in counters and histograms, and stay absent in gauges', async () => {
  const metrics = createMetrics(runtimeMetrics)
  metrics.expect({ symbol: ['BTC', 'ETH'] })
  const text = await metrics.render()
  assert.deepEqual(linesOf(text, 'tb_fills_total'), [
    'tb_fills_total{symbol="BTC",side="buy"} 0',
    'tb_fills_total{symbol="BTC",side="sell"} 0',
    'tb_fills_total{symbol="ETH",side="buy"} 0',
    'tb_fills_total{symbol="ETH",side="sell"} 0',
  ])
  assert.equal(linesOf(text, 'tb_slippage_bps').length, 8)
  assert.deepEqual(linesOf(text, 'tb_position_size'), [])
  assert.deepEqual(linesOf(text, 'tb_info'), [], 'an info cannot be expected')
})

test('expected values of two labels are combined, also across calls', async () => {
  const labels = { symbol: open({ max: 9 }), strategy: open({ max: 9 }), side: oneOf('buy', 'sell') }
  const metrics = createMetrics(catalogue('tb', { signals_total: counter({ help: 'x', labels }) }))
  metrics.expect({ symbol: ['BTC'] })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_signals_total'), [])
  metrics.expect({ strategy: ['trend', 'carry'] })
  metrics.expect({ symbol: ['ETH'], strategy: ['trend'] })
  const started = linesOf(await metrics.render(), 'tb_signals_total').map((line) => line.replace(/.*\{(.*)\} 0/, '$1'))
  assert.deepEqual(
    started,
    [
      ['BTC', 'trend'],
      ['BTC', 'carry'],
      ['ETH', 'trend'],
      ['ETH', 'carry'],
    ].flatMap(([symbol, strategy]) =>
      ['buy', 'sell'].map((side) => `symbol="${symbol}",strategy="${strategy}",side="${side}"`),
    ),
  )
})

test('a later expect() does not recreate removed series that it does not name', async () => {
  const metrics = createMetrics(runtimeMetrics)
  const of = async () =>
    linesOf(await metrics.render(), 'tb_feed_age_seconds').map((line) => line.replace(/.*"(.*)".*/, '$1'))
  metrics.expect({ symbol: ['A', 'B'] })
  metrics.feed_age_seconds.remove({ symbol: 'A' })
  metrics.expect({ symbol: ['C'] })
  metrics.expect({ version: ['1'] })
  assert.deepEqual(await of(), ['B', 'C'])
  metrics.expect({ symbol: ['A'] })
  assert.deepEqual(await of(), ['B', 'C', 'A'])
})

test('invalid expectations are refused with everything that is wrong, and the rest takes effect', async () => {
  const metrics = createMetrics(runtimeMetrics, { mode: 'lenient', log: () => {} })
  const strict = createMetrics(runtimeMetrics, { mode: 'strict' })
  const wrong = { symbol: ['BTC', '', 5], side: ['buy'], version: 'x' } as never
  assert.throws(() => strict.expect(wrong), {
    code: 'value-empty',
    message:
      "expect: label 'symbol' is '', expected a non-empty string: Prometheus treats an empty label as missing; " +
      "label 'symbol' is 5 (number), expected a string; " +
      "label 'side' is not an open label, expected one of 'symbol', 'version'; " +
      "label 'version' is 'x', expected an array of strings",
  })
  metrics.expect(wrong)
  assert.deepEqual(metrics.refused(), [{ metric: 'expect', reason: 'value-empty', count: 1 }])
  for (const either of [metrics, strict])
    assert.equal(linesOf(await either.render(), 'tb_fills_total').length, 2, 'BTC has its series')
  metrics.expect(undefined as never)
  metrics.expect({
    get symbol(): string[] {
      throw new Error('boom')
    },
  })
  assert.equal(
    metrics.refused().reduce((sum, { count }) => sum + count, 0),
    3,
  )
})

test('samples over the budget of a label share one series, are counted, and logged once', async () => {
  const logged: string[] = []
  const metrics = createMetrics(runtimeMetrics, { mode: 'lenient', log: (line) => logged.push(line) })
  metrics.expect({ symbol: ['A', 'B', 'C'] })
  metrics.fills_total.inc({ symbol: 'D', side: 'buy' }, 2)
  metrics.fills_total.inc({ symbol: 'E', side: 'sell' }, 3)
  const late = metrics.fills_total.bind({ symbol: 'F', side: 'sell' })
  late.inc(4)
  metrics.slippage_bps.observe({ symbol: 'D' }, 100)
  const text = await metrics.render()
  assert.deepEqual(linesOf(text, 'tb_fills_total').slice(-2), [
    'tb_fills_total{symbol="C",side="sell"} 0',
    'tb_fills_total{symbol="__overflow__",side="__overflow__"} 9',
  ])
  assert.deepEqual(linesOf(text, 'tb_slippage_bps').slice(-1), [
    'tb_slippage_bps_bucket{symbol="__overflow__",le="+Inf"} 1',
  ])
  assert.deepEqual(metrics.refused(), [
    { metric: 'tb_fills_total', reason: 'over-budget', count: 4 },
    { metric: 'tb_slippage_bps', reason: 'over-budget', count: 1 },
  ])
  assert.equal(
    logged[0]?.replace(/ \(at [^)]*\);/, ' (here);'),
    "botwatch: tb_fills_total: label 'symbol' has used up its budget of 3 values, and 'D' is one more: its samples go to a " +
      "shared series whose labels are all '__overflow__'; raise max, or find out why there are so many values (here); repeats are counted, not logged",
  )
  assert.equal(logged.length, 2)
})

test('going over budget does not throw in strict mode', async () => {
  const metrics = createMetrics(runtimeMetrics, { mode: 'strict', log: () => {} })
  for (const symbol of ['A', 'B', 'C', 'D']) metrics.position_size.set({ symbol, side: 'buy' }, 1)
  assert.equal(linesOf(await metrics.render(), 'tb_position_size').length, 4)
})

test('each open label has its own budget', async () => {
  const labels = { a: open({ max: 2 }), b: open({ max: 1 }) }
  const metrics = createMetrics(catalogue('tb', { x_total: counter({ help: 'x', labels }) }), { log: () => {} })
  metrics.x_total.inc({ a: '1', b: '1' })
  metrics.x_total.inc({ a: '2', b: '1' })
  metrics.x_total.inc({ a: '2', b: '2' })
  metrics.x_total.inc({ a: '3', b: '1' })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_x_total'), [
    'tb_x_total{a="1",b="1"} 1',
    'tb_x_total{a="2",b="1"} 1',
    'tb_x_total{a="__overflow__",b="__overflow__"} 2',
  ])
})

test('removing the last series of a value frees its place in the budget', async () => {
  const metrics = createMetrics(runtimeMetrics, { log: () => {} })
  const { position_size } = metrics
  for (const symbol of ['A', 'B', 'C']) position_size.set({ symbol, side: 'buy' }, 1)
  position_size.set({ symbol: 'A', side: 'sell' }, 2)
  position_size.remove({ symbol: 'A', side: 'buy' })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_position_size'), [
    'tb_position_size{symbol="A",side="sell"} 2',
    'tb_position_size{symbol="B",side="buy"} 1',
    'tb_position_size{symbol="C",side="buy"} 1',
  ])
  position_size.remove({ symbol: 'A', side: 'sell' })
  position_size.remove({ symbol: 'never seen', side: 'sell' })
  position_size.set({ symbol: 'D', side: 'buy' }, 4)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_position_size'), [
    'tb_position_size{symbol="B",side="buy"} 1',
    'tb_position_size{symbol="C",side="buy"} 1',
    'tb_position_size{symbol="D",side="buy"} 4',
  ])
  assert.deepEqual(metrics.refused(), [])
})

test('a handle whose series was removed creates it again, and never writes into another', async () => {
  const metrics = createMetrics(runtimeMetrics, { log: () => {} })
  const held = metrics.position_size.bind({ symbol: 'A', side: 'buy' })
  held.set(1)
  held.remove()
  held.remove()
  metrics.position_size.set({ symbol: 'B', side: 'buy' }, 2)
  held.inc(5)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_position_size'), [
    'tb_position_size{symbol="B",side="buy"} 2',
    'tb_position_size{symbol="A",side="buy"} 5',
  ])
})

test('a handle of the overflow series gets its own series as soon as there is room', async () => {
  const metrics = createMetrics(runtimeMetrics, { log: () => {} })
  for (const symbol of ['A', 'B', 'C']) metrics.position_size.set({ symbol, side: 'buy' }, 1)
  const late = metrics.position_size.bind({ symbol: 'D', side: 'buy' })
  late.set(7)
  assert.match(await metrics.render(), /^tb_position_size\{symbol="__overflow__",side="__overflow__"\} 7$/m)
  metrics.position_size.remove({ symbol: 'A', side: 'buy' })
  late.set(8)
  assert.match(await metrics.render(), /^tb_position_size\{symbol="D",side="buy"\} 8$/m)
})

test('changing the labels object afterwards does not change a bound handle', async () => {
  const metrics = createMetrics(runtimeMetrics)
  const labels: { symbol: string; side: 'buy' | 'sell' } = { symbol: 'A', side: 'buy' }
  const held = metrics.position_size.bind(labels)
  labels.symbol = 'B'
  held.set(1)
  held.remove()
  held.set(2)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_position_size'), ['tb_position_size{symbol="A",side="buy"} 2'])
})

test('label values that would collide if joined into one key never share a series', async () => {
  const labels = { a: open({ max: 99 }), b: open({ max: 99 }) }
  const metrics = createMetrics(catalogue('tb', { x_total: counter({ help: 'x', labels }) }))
  const pairs: readonly (readonly [string, string])[] = [
    ['1,b:2', '3'],
    ['1', '2,b:3'],
    ['x|', 'y'],
    ['x', '|y'],
    ['a","b="c', 'd'],
    ['a', 'c","b="d'],
    ['\\', '"'],
    ['\\"', ''.padEnd(1, '\\')],
    ['constructor', 'toString'],
    ['hasOwnProperty', 'valueOf'],
    ['\u00e9', 'x'],
    ['e\u0301', 'x'],
  ]
  pairs.forEach(([a, b], i) => {
    metrics.x_total.inc({ a, b }, i + 1)
  })
  const lines = linesOf(await metrics.render(), 'tb_x_total')
  assert.deepEqual(
    lines.map((line) => Number(line.split(' ').at(-1))),
    pairs.map((_, i) => i + 1),
  )
  assert.equal(new Set(lines.map((line) => line.slice(0, line.lastIndexOf(' ')))).size, pairs.length)
})

test('labels from inherited, frozen or prototype-less objects work like any others', async () => {
  const metrics = createMetrics(runtimeMetrics)
  const bare = Object.assign(Object.create(null), { symbol: 'A', side: 'buy' })
  metrics.fills_total.inc(bare)
  metrics.fills_total.inc(Object.freeze({ side: 'buy', symbol: 'A' }))
  metrics.fills_total.inc(Object.create({ symbol: 'A', side: 'buy' }))
  metrics.fills_total.bind(Object.create({ symbol: 'A', side: 'buy' })).inc()
  assert.match(await metrics.render(), /^tb_fills_total\{symbol="A",side="buy"\} 4$/m)
})

test('a label value of two hundred characters is kept whole, a longer one is refused', async () => {
  const metrics = createMetrics(runtimeMetrics, { mode: 'lenient', log: () => {} })
  metrics.feed_age_seconds.touch({ symbol: 'x'.repeat(200) })
  metrics.feed_age_seconds.touch({ symbol: 'y'.repeat(201) })
  assert.deepEqual(
    linesOf(await metrics.render(), 'tb_feed_age_seconds').map((line) => line.replace(/ .*/, '')),
    [`tb_feed_age_seconds{symbol="${'x'.repeat(200)}"}`],
  )
  assert.deepEqual(metrics.refused(), [{ metric: 'tb_feed_age_seconds', reason: 'value-too-long', count: 1 }])
})

test('a value keeps its place in the budget as long as any series has it', async () => {
  const labels = { a: open({ max: 1 }), b: open({ max: 9 }) }
  const metrics = createMetrics(catalogue('tb', { size: gauge({ help: 'x', labels }) }), { log: () => {} })
  metrics.size.set({ a: '1', b: '1' }, 1)
  metrics.size.set({ a: '1', b: '2' }, 2)
  metrics.size.remove({ a: '1', b: '1' })
  metrics.size.set({ a: '2', b: '1' }, 3)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_size'), [
    'tb_size{a="1",b="2"} 2',
    'tb_size{a="__overflow__",b="__overflow__"} 3',
  ])
})

test('an info has no budget: it has one series at a time', async () => {
  const runs = info({ help: 'x', labels: { version: open({ max: 1 }) } })
  const metrics = createMetrics(catalogue('tb', { info: runs }), { log: () => {} })
  for (const version of ['1', '2', '3']) metrics.info.set({ version })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_info'), ['tb_info{version="3"} 1'])
  assert.deepEqual(metrics.refused(), [])
})

test('positions that were opened and closed do not keep memory', () => {
  const metrics = createMetrics(runtimeMetrics, { log: () => {} })
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 300_000; i++) {
    metrics.position_size.set({ symbol: `${i}`, side: 'buy' }, 1)
    metrics.position_size.remove({ symbol: `${i}`, side: 'buy' })
  }
  assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000)
})
