import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortHash } from '../../definitions/language/contract-form.ts'
import { contractHash } from '../../definitions/language/contract-hash.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import { createMetrics } from '../../runtime/index.ts'
import { age, catalogue, counter, gauge, oneOf, open } from '../../runtime/metrics.ts'
import { clock, linesOf, runtimeMetrics } from './fixture.ts'

const silent = { mode: 'lenient', log: () => {} } as const
/** Lines of a metric with a value other than 0. */
const counted = (text: string, name: string) => linesOf(text, name).filter((line) => !line.endsWith(' 0'))

test('the bot exposes the hash of its contract, also after a reset of the registry', async () => {
  const metrics = createMetrics(runtimeMetrics)
  const hash = shortHash(contractHash(Object.values(runtimeMetrics) as unknown as Metric[]))
  assert.deepEqual(linesOf(await metrics.render(), 'tb_contract_info'), [`tb_contract_info{hash="${hash}"} 1`])
  metrics.registry.resetMetrics()
  assert.deepEqual(linesOf(await metrics.render(), 'tb_contract_info'), [`tb_contract_info{hash="${hash}"} 1`])
  assert.match(await metrics.registry.metrics(), new RegExp(`tb_contract_info\\{hash="${hash}"\\} 1`))
})

test('refusals are counted by metric and reason, in strict mode too, and samples over budget separately', async () => {
  for (const mode of ['strict', 'lenient'] as const) {
    const metrics = createMetrics(runtimeMetrics, { ...silent, mode })
    const calls: readonly (() => void)[] = [
      () => metrics.bars_total.inc(-1),
      () => metrics.bars_total.inc(Number.NaN),
      () => metrics.fills_total.inc({ symbol: 'A' } as never),
      () => metrics.fills_total.inc({ symbol: '', side: 'buy' }),
      () => metrics.trading_mode.set('x' as never),
      () => metrics.expect({ side: ['buy'] } as never),
      () => metrics.expect({ symbol: ['A', 'B', 'C'] }),
      () => metrics.fills_total.inc({ symbol: 'D', side: 'buy' }, 5),
    ]
    for (const call of calls)
      try {
        call()
      } catch {
        // Strict throws as well.
      }
    const text = await metrics.render()
    assert.deepEqual(counted(text, 'tb_contract_refused_total'), [
      'tb_contract_refused_total{metric="tb_bars_total",reason="number"} 2',
      'tb_contract_refused_total{metric="tb_fills_total",reason="labels"} 1',
      'tb_contract_refused_total{metric="tb_fills_total",reason="value"} 1',
      'tb_contract_refused_total{metric="tb_trading_mode",reason="value"} 1',
      'tb_contract_refused_total{metric="other",reason="labels"} 1',
    ])
    assert.deepEqual(counted(text, 'tb_contract_overflow_total'), [
      'tb_contract_overflow_total{metric="tb_fills_total"} 1',
    ])
  }
})

test('a failure of a collect callback counts as such, not as a refusal, and once per scrape', async () => {
  const metrics = createMetrics(runtimeMetrics, { ...silent })
  metrics.equity_usdt.collect(() => Number.NaN)
  metrics.bars_total.inc(-1)
  for (const failures of [1, 2, 3]) {
    const text = await metrics.render()
    assert.deepEqual(counted(text, 'tb_contract_refused_total'), [
      'tb_contract_refused_total{metric="tb_bars_total",reason="number"} 1',
    ])
    assert.deepEqual(counted(text, 'tb_contract_collector_failures_total'), [
      `tb_contract_collector_failures_total{metric="tb_equity_usdt"} ${failures}`,
    ])
  }
})

test('a gauge that once had a value does not count as never set when its callback returns undefined', async () => {
  const time = clock()
  const declaredSoon = catalogue('tb', { equity: gauge({ help: 'x', mustBeSetWithin: '1m' }) })
  const metrics = createMetrics(declaredSoon, { now: time.now })
  let equity: number | undefined = 5
  metrics.equity.collect(() => equity)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_equity'), ['tb_equity 5'])
  equity = undefined
  time.ms = 60_000
  const text = await metrics.render()
  assert.deepEqual(linesOf(text, 'tb_equity'), [])
  assert.deepEqual(counted(text, 'tb_contract_never_set'), [])
})

test('a metric that was not set in time is reported until it is set', async () => {
  const time = clock()
  const metrics = createMetrics(
    catalogue('tb', {
      equity: gauge({ help: 'x', mustBeSetWithin: '5m' }),
      size: gauge({ help: 'x', labels: { symbol: open({ max: 3 }) }, mustBeSetWithin: '1m' }),
      later: gauge({ help: 'x', mustBeSetWithin: '1m' }),
      mode: gauge({ help: 'x' }),
    }),
    { now: time.now },
  )
  const never = async () => counted(await metrics.render(), 'tb_contract_never_set')
  metrics.later.collect(async () => 1)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_contract_never_set'), [
    'tb_contract_never_set{metric="tb_equity"} 0',
    'tb_contract_never_set{metric="tb_size"} 0',
    'tb_contract_never_set{metric="tb_later"} 0',
  ])
  time.ms = 59_999
  assert.deepEqual(await never(), [])
  time.ms = 60_000
  assert.deepEqual(await never(), ['tb_contract_never_set{metric="tb_size"} 1'])
  metrics.size.set({ symbol: 'A' }, 0)
  metrics.size.remove({ symbol: 'A' })
  assert.deepEqual(await never(), [], 'it was set once and then removed')
  time.ms = 300_000
  assert.deepEqual(await never(), ['tb_contract_never_set{metric="tb_equity"} 1'])
  metrics.equity.set(1)
  assert.deepEqual(await never(), [])
})

/** The metrics with open labels and a deadline, never set at `ms`. */
const feeds = catalogue('tb', {
  message_age_seconds: age({ help: 'x', labels: { symbol: open({ max: 3 }) }, mustBeSetWithin: '1m' }),
  connected: gauge({ help: 'x', labels: { symbol: open({ max: 3 }) }, initially: 0, mustBeSetWithin: '1m' }),
  price: gauge({ help: 'x', labels: { symbol: open({ max: 3 }), side: oneOf('bid', 'ask') }, mustBeSetWithin: '1m' }),
  drift: gauge({ help: 'x', mayBeAbsent: { for: '60d', because: 'the detector needs 60 daily returns' } }),
  fds: gauge({ help: 'x', mayBeAbsent: { for: 'forever', because: 'only Linux has it' } }),
})
const neverSetOf =
  (metrics: { readonly render: () => Promise<string> }, time: { ms: number }) => async (ms: number) => {
    time.ms = ms
    return counted(await metrics.render(), 'tb_contract_never_set').map((line) => line.replace(/.*"(.*)".*/, '$1'))
  }

test('without expect(), a metric with open labels is reported if it has no series by its deadline', async () => {
  const time = clock()
  const metrics = createMetrics(feeds, { now: time.now })
  const never = neverSetOf(metrics, time)
  assert.deepEqual(await never(59_999), [])
  assert.deepEqual(await never(60_000), ['tb_message_age_seconds', 'tb_connected', 'tb_price'])
  metrics.message_age_seconds.touch({ symbol: 'A' })
  metrics.connected.set({ symbol: 'A' }, 1)
  metrics.price.set({ symbol: 'A', side: 'bid' }, 5)
  assert.deepEqual(await never(60_001), [])
})

test('with expect(), an age and a gauge with an initial value exist, and any other needs a value of each expected symbol', async () => {
  const time = clock()
  const metrics = createMetrics(feeds, { now: time.now })
  const never = neverSetOf(metrics, time)
  metrics.expect({ symbol: ['A', 'B'] })
  assert.deepEqual(await never(60_000), ['tb_price'])
  metrics.price.set({ symbol: 'A', side: 'bid' }, 5)
  assert.deepEqual(await never(60_001), ['tb_price'], 'the symbol B has none')
  metrics.price.bind({ symbol: 'B', side: 'ask' }).collect(async () => 6)
  await metrics.render()
  assert.deepEqual(await never(60_002), [])
  metrics.price.remove({ symbol: 'A', side: 'bid' })
  assert.deepEqual(await never(60_003), [], 'it was set once and then removed')
})

test('a metric that may be absent for a time is reported after it, and one that may be absent forever is not', async () => {
  const time = clock()
  const metrics = createMetrics(feeds, { now: time.now })
  const never = neverSetOf(metrics, time)
  metrics.connected.set({ symbol: 'A' }, 1)
  metrics.message_age_seconds.touch({ symbol: 'A' })
  metrics.price.set({ symbol: 'A', side: 'bid' }, 5)
  assert.deepEqual(await never(60 * 86_400_000 - 1), [])
  assert.deepEqual(await never(60 * 86_400_000), ['tb_drift'])
  assert.doesNotMatch(await metrics.render(), /tb_contract_never_set\{metric="tb_fds"/)
})

test('removing a series of a gauge, by labels or through a bound handle, removes those declared to end with it', async () => {
  const labels = { symbol: open({ max: 2 }), side: oneOf('long', 'short') }
  const size = gauge({ help: 'x', labels, additive: false })
  const metrics = createMetrics(
    catalogue('tb', {
      size,
      pnl: gauge({ help: 'x', labels, endsWith: size }),
      held_age_seconds: age({ help: 'x', labels, endsWith: size }),
      fills_total: counter({ help: 'x', labels }),
    }),
  )
  const fill = (symbol: string) => {
    for (const side of ['long', 'short'] as const) {
      metrics.size.set({ symbol, side }, 1)
      metrics.pnl.set({ symbol, side }, 2)
      metrics.held_age_seconds.touch({ symbol, side })
      metrics.fills_total.inc({ symbol, side })
    }
  }
  fill('A')
  fill('B')
  metrics.size.remove({ symbol: 'A', side: 'long' })
  metrics.size.bind({ symbol: 'B', side: 'long' }).remove()
  metrics.size.bind({ symbol: 'B', side: 'short' }).remove()
  const text = await metrics.render()
  assert.deepEqual(
    ['tb_size', 'tb_pnl', 'tb_held_age_seconds'].map((name) =>
      linesOf(text, name).map((line) => line.replace(/ .*/, '')),
    ),
    ['tb_size', 'tb_pnl', 'tb_held_age_seconds'].map((name) => [`${name}{symbol="A",side="short"}`]),
  )
  assert.equal(linesOf(text, 'tb_fills_total').length, 4, 'counters keep their series')

  fill('C')
  assert.deepEqual(metrics.refused(), [{ metric: 'tb_fills_total', reason: 'over-budget', count: 2 }])
  assert.equal(linesOf(await metrics.render(), 'tb_pnl').length, 3, 'the gauge has room again')
})

test('merged catalogues form one contract, whose own metrics cover all of them', async () => {
  const [first, second] = [
    catalogue('tb', { bars_total: counter({ help: 'x' }) }),
    catalogue('tb', { fills_total: counter({ help: 'x' }) }),
  ]
  const metrics = createMetrics({ ...first, ...second }, silent)
  metrics.bars_total.inc(-1)
  metrics.fills_total.inc(-1)
  assert.deepEqual(counted(await metrics.render(), 'tb_contract_refused_total'), [
    'tb_contract_refused_total{metric="tb_bars_total",reason="number"} 1',
    'tb_contract_refused_total{metric="tb_fills_total",reason="number"} 1',
  ])
})

test('a bot has no handles for the metrics about its contract', () => {
  const metrics = createMetrics(runtimeMetrics) as unknown as Readonly<Record<string, unknown>>
  for (const key of Object.keys(runtimeMetrics).filter((name) => name.startsWith('contract_')))
    assert.equal(metrics[key], undefined, key)
})
