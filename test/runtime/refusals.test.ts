import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics, type Metrics, type Reason } from '../../runtime/index.ts'
import { runtimeMetrics, withoutContractLines } from './fixture.ts'

// Callers without types: everything that TypeScript would refuse.
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is what happens without types
type Untyped = Record<string, Record<string, (...args: any[]) => any>>

const long = 'x'.repeat(10_240)
const hostile = {
  get symbol(): string {
    throw new Error('boom')
  },
  side: 'buy',
}

const table: readonly (readonly [string, (m: Untyped) => unknown, Reason, string])[] = [
  [
    'no labels',
    (m) => m['fills_total']?.['inc']?.(),
    'labels-missing',
    "tb_fills_total.inc: the labels are undefined, expected an object with 'symbol', 'side'",
  ],
  [
    'a number instead of labels',
    (m) => m['fills_total']?.['inc']?.(5),
    'labels-missing',
    "tb_fills_total.inc: the labels are 5 (number), expected an object with 'symbol', 'side'",
  ],
  [
    'a missing label',
    (m) => m['fills_total']?.['inc']?.({ symbol: 'BTC' }),
    'label-missing',
    "tb_fills_total.inc: label 'side' is missing, expected one of 'buy', 'sell'",
  ],
  [
    'a missing open label',
    (m) => m['fills_total']?.['inc']?.({ side: 'buy', symbol: undefined }),
    'label-missing',
    "tb_fills_total.inc: label 'symbol' is missing, expected a string",
  ],
  [
    'an extra label',
    (m) => m['fills_total']?.['inc']?.({ symbol: 'BTC', side: 'buy', strategy: 'x' }),
    'label-undeclared',
    "tb_fills_total.inc: label 'strategy' is not declared, expected only 'symbol', 'side'",
  ],
  [
    'an extra label next to closed ones',
    (m) => m['orders_total']?.['inc']?.({ side: 'buy', status: 'filled', symbol: 'BTC' }),
    'label-undeclared',
    "tb_orders_total.inc: label 'symbol' is not declared, expected only 'side', 'status'",
  ],
  [
    'a misspelt label, reported with everything else that is wrong',
    (m) => m['orders_total']?.['inc']?.({ side: 'long', statuz: 'filled' }),
    'value-undeclared',
    "tb_orders_total.inc: label 'side' is 'long', expected one of 'buy', 'sell'; label 'status' is missing, expected one of 'filled', 'rejected'; label 'statuz' is not declared, expected only 'side', 'status'",
  ],
  [
    'a number as label value',
    (m) => m['fills_total']?.['inc']?.({ symbol: 5, side: 'buy' }),
    'label-type',
    "tb_fills_total.inc: label 'symbol' is 5 (number), expected a string",
  ],
  [
    'null as label value',
    (m) => m['fills_total']?.['inc']?.({ symbol: null, side: 'buy' }),
    'label-type',
    "tb_fills_total.inc: label 'symbol' is null, expected a string",
  ],
  [
    'an array that prints as a string',
    (m) => m['fills_total']?.['inc']?.({ symbol: ['BTC'], side: 'buy' }),
    'label-type',
    "tb_fills_total.inc: label 'symbol' is an object, expected a string",
  ],
  [
    'a String object in a closed label',
    (m) => m['fills_total']?.['inc']?.({ symbol: 'BTC', side: new String('buy') }),
    'label-type',
    "tb_fills_total.inc: label 'side' is an object, expected one of 'buy', 'sell'",
  ],
  [
    'labels whose getter throws',
    (m) => m['fills_total']?.['inc']?.(hostile),
    'label-unreadable',
    "tb_fills_total.inc: reading the labels threw an error, expected an object with 'symbol', 'side'",
  ],
  [
    'an undeclared value of a closed label',
    (m) => m['latency_seconds']?.['observe']?.({ side: 'BUY' }, 1),
    'value-undeclared',
    "tb_latency_seconds.observe: label 'side' is 'BUY', expected one of 'buy', 'sell'",
  ],
  [
    'an empty value',
    (m) => m['slippage_bps']?.['observe']?.({ symbol: '' }, 1),
    'value-empty',
    "tb_slippage_bps.observe: label 'symbol' is '', expected a non-empty string: Prometheus treats an empty label as missing",
  ],
  [
    'ten kilobytes',
    (m) => m['slippage_bps']?.['observe']?.({ symbol: long }, 1),
    'value-too-long',
    "tb_slippage_bps.observe: label 'symbol' has 10240 characters, expected at most 200: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'",
  ],
  [
    'a line break',
    (m) => m['slippage_bps']?.['observe']?.({ symbol: 'BTC"} 1\nevil 1' }, 1),
    'value-unprintable',
    `tb_slippage_bps.observe: label 'symbol' is 'BTC"} 1\\nevil 1', expected text without line breaks, control characters or unpaired surrogates`,
  ],
  [
    'an unpaired surrogate',
    (m) => m['slippage_bps']?.['observe']?.({ symbol: 'a\ud800' }, 1),
    'value-unprintable',
    "tb_slippage_bps.observe: label 'symbol' is 'a\\ud800', expected text without line breaks, control characters or unpaired surrogates",
  ],
  [
    '__proto__ as a value',
    (m) => m['slippage_bps']?.['observe']?.({ symbol: '__proto__' }, 1),
    'value-reserved',
    "tb_slippage_bps.observe: label 'symbol' is '__proto__', expected a value that does not start with '__', which is reserved for the runtime",
  ],
  [
    'the overflow value from the bot',
    (m) => m['slippage_bps']?.['bind']?.({ symbol: '__overflow__' }),
    'value-reserved',
    "tb_slippage_bps.bind: label 'symbol' is '__overflow__', expected a value that does not start with '__', which is reserved for the runtime",
  ],
  [
    'NaN as increment',
    (m) => m['bars_total']?.['inc']?.(Number.NaN),
    'number',
    'tb_bars_total.inc: the increment is NaN, expected a finite number: if there is no value, record nothing',
  ],
  [
    'infinity as increment',
    (m) => m['bars_total']?.['inc']?.(Number.POSITIVE_INFINITY),
    'number',
    'tb_bars_total.inc: the increment is Infinity, expected a finite number: if there is no value, record nothing',
  ],
  [
    'a negative increment',
    (m) => m['fills_total']?.['inc']?.({ symbol: 'BTC', side: 'buy' }, -1),
    'negative',
    'tb_fills_total.inc: the increment is -1, expected 0 or more: a counter only goes up; use a gauge, or a second counter for the other direction',
  ],
  [
    'a string as increment',
    (m) => m['bars_total']?.['inc']?.('5'),
    'number',
    "tb_bars_total.inc: the increment is '5', expected a finite number: if there is no value, record nothing",
  ],
  [
    'labels for a metric without labels',
    (m) => m['bars_total']?.['inc']?.({ symbol: 'BTC' }),
    'number',
    'tb_bars_total.inc: the increment is an object, expected a finite number: if there is no value, record nothing',
  ],
  [
    'a bigint as value',
    (m) => m['equity_usdt']?.['set']?.(5n),
    'number',
    'tb_equity_usdt.set: the value is 5n (bigint), expected a finite number: if there is no value, record nothing',
  ],
  [
    'labels without a value',
    (m) => m['position_size']?.['set']?.({ symbol: 'BTC', side: 'buy' }),
    'number',
    'tb_position_size.set: the value is undefined, expected a finite number: if there is no value, record nothing',
  ],
  [
    'minus infinity observed',
    (m) => m['slippage_bps']?.['observe']?.({ symbol: 'BTC' }, Number.NEGATIVE_INFINITY),
    'number',
    'tb_slippage_bps.observe: the value is -Infinity, expected a finite number: if there is no value, record nothing',
  ],
  [
    'null as the amount of a gauge',
    (m) => m['equity_usdt']?.['dec']?.(null),
    'number',
    'tb_equity_usdt.dec: the amount is null, expected a finite number: if there is no value, record nothing',
  ],
  [
    'a number as reader',
    (m) => m['equity_usdt']?.['collect']?.(5),
    'reader',
    'tb_equity_usdt.collect: the collect callback is 5 (number), expected a function that returns a number at each scrape',
  ],
  [
    'an undeclared state',
    (m) => m['trading_mode']?.['set']?.('__proto__'),
    'state',
    "tb_trading_mode.set: the state is '__proto__', expected one of 'paper', 'live'",
  ],
  [
    'an info with an undeclared value',
    (m) => m['info']?.['set']?.({ version: '1', exchange: 'ftx' }),
    'value-undeclared',
    "tb_info.set: label 'exchange' is 'ftx', expected one of 'binance', 'bybit'",
  ],
  [
    'touching with wrong labels',
    (m) => m['feed_age_seconds']?.['touch']?.({}),
    'label-missing',
    "tb_feed_age_seconds.touch: label 'symbol' is missing, expected a string",
  ],
  [
    'removing a series that cannot exist',
    (m) => m['position_size']?.['remove']?.({ symbol: 'BTC', side: 'none' }),
    'value-undeclared',
    "tb_position_size.remove: label 'side' is 'none', expected one of 'buy', 'sell'",
  ],
]

for (const [name, call, reason, message] of table)
  test(`refused: ${name}`, async () => {
    const strict = createMetrics(runtimeMetrics, { mode: 'strict' })
    // Known labels take a different code path than new ones.
    strict.expect({ symbol: ['BTC'] })
    const before = await strict.render()
    assert.throws(() => call(strict as unknown as Untyped), { message, code: reason })

    const logged: string[] = []
    const lenient = createMetrics(runtimeMetrics, { mode: 'lenient', log: (line) => logged.push(line) })
    lenient.expect({ symbol: ['BTC'] })
    call(lenient as unknown as Untyped)
    call(lenient as unknown as Untyped)
    const metric = message.split('.')[0]
    assert.deepEqual(lenient.refused(), [{ metric, reason, count: 2 }])
    assert.equal(logged.length, 1)
    assert.equal(
      logged[0]?.replace(/ \(at [^)]*refusals\.test\.ts:\d+:\d+\);/, ' (here);'),
      `botwatch: ${message} (here); repeats are counted, not logged`,
    )
    for (const metrics of [strict, lenient]) {
      const withoutAges = (text: string) => withoutContractLines(text).replaceAll(/^tb_\w+_age_seconds.*$/gm, '')
      assert.equal(withoutAges(await metrics.render()), withoutAges(before), 'and nothing was recorded')
    }
  })

test('a handle bound to refused labels records nothing and counts every write', async () => {
  const logged: string[] = []
  const metrics = createMetrics(runtimeMetrics, { mode: 'lenient', log: (line) => logged.push(line) })
  const bound = metrics.orders_total.bind({ side: 'long', status: 'filled' } as never)
  bound.inc()
  bound.inc(4)
  assert.deepEqual(metrics.refused(), [{ metric: 'tb_orders_total', reason: 'value-undeclared', count: 3 }])
  assert.equal(logged.length, 1)
})

const bounds: readonly (readonly [string, string, (m: Untyped) => object])[] = [
  ['fills_total', 'inc', (m) => m['fills_total']?.['bind']?.({ symbol: 'BTC', side: 'buy' })],
  ['position_size', 'set', (m) => m['position_size']?.['bind']?.({ symbol: 'BTC', side: 'buy' })],
  ['position_size', 'inc', (m) => m['position_size']?.['bind']?.({ symbol: 'BTC', side: 'buy' })],
  ['position_size', 'dec', (m) => m['position_size']?.['bind']?.({ symbol: 'BTC', side: 'buy' })],
  ['position_size', 'remove', (m) => m['position_size']?.['bind']?.({ symbol: 'BTC', side: 'buy' })],
  ['position_size', 'collect', (m) => m['position_size']?.['bind']?.({ symbol: 'BTC', side: 'buy' })],
  ['feed_age_seconds', 'touch', (m) => m['feed_age_seconds']?.['bind']?.({ symbol: 'BTC' })],
  ['feed_age_seconds', 'remove', (m) => m['feed_age_seconds']?.['bind']?.({ symbol: 'BTC' })],
  ['slippage_bps', 'observe', (m) => m['slippage_bps']?.['bind']?.({ symbol: 'BTC' })],
]
for (const [metric, verb, bind] of bounds)
  test(`${verb}() of ${metric}, called detached from its bound handle, records nothing and says so`, async () => {
    const logged: string[] = []
    const metrics = createMetrics(runtimeMetrics, { mode: 'lenient', log: (line) => logged.push(line), now: () => 0 })
    const method = (bind(metrics as unknown as Untyped) as Record<string, (value?: unknown) => void>)[verb]
    const before = withoutContractLines(await metrics.render())
    for (const holder of [undefined, {}, metrics]) method?.call(holder as never, 1)
    assert.equal(withoutContractLines(await metrics.render()), before)
    assert.deepEqual(metrics.refused(), [{ metric: `tb_${metric}`, reason: 'labels-missing', count: 3 }])
    assert.match(
      logged[0] ?? '',
      new RegExp(
        `^botwatch: tb_${metric}.${verb}: ${verb}\\(\\) was called detached from its handle; call handle.${verb}\\(…\\), do not destructure it`,
      ),
    )
  })

test('an error of the log function does not reach the bot', () => {
  const metrics = createMetrics(runtimeMetrics, {
    mode: 'lenient',
    log: () => {
      throw new Error('disk full')
    },
  })
  metrics.bars_total.inc(-1)
  assert.deepEqual(metrics.refused(), [{ metric: 'tb_bars_total', reason: 'negative', count: 1 }])
})

test('a refused call does not affect the next one', async () => {
  const metrics: Metrics<typeof runtimeMetrics> = createMetrics(runtimeMetrics, { mode: 'lenient', log: () => {} })
  metrics.fills_total.inc({ symbol: 'BTC', side: 'nope' as never })
  metrics.fills_total.inc({ symbol: 'BTC', side: 'buy' })
  assert.match(await metrics.render(), /^tb_fills_total\{symbol="BTC",side="buy"\} 1$/m)
})
