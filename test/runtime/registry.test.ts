import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Counter, Registry, register } from 'prom-client'
import { createMetrics } from '../../runtime/index.ts'
import { clock, runtimeMetrics, withoutContractLines } from './fixture.ts'

const filled = () => {
  const metrics = createMetrics(runtimeMetrics, { now: clock().now, log: () => {} })
  metrics.expect({ symbol: ['BTC', 'ETH', 'XRP'] })
  metrics.fills_total.inc({ symbol: 'LATE', side: 'buy' })
  metrics.orders_total.inc({ side: 'sell', status: 'filled' })
  metrics.latency_seconds.observe({ side: 'sell' }, 2)
  metrics.slippage_bps.observe({ symbol: 'ETH' }, 2)
  metrics.equity_usdt.collect(() => 3)
  metrics.info.set({ version: '1', exchange: 'binance' })
  metrics.trading_mode.set('paper')
  return metrics
}

/** Sample lines with their labels sorted, since Prometheus ignores the order. */
const meaning = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(',').sort().join(',')}}`))
    .sort()

test("prom-client's registry exposes the same series as render(), in both formats", async () => {
  const metrics = filled()
  const ours = meaning(await metrics.render())
  assert.deepEqual(meaning(await metrics.registry.metrics()), ours)
  metrics.registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never)
  assert.deepEqual(meaning(await metrics.registry.metrics()), ours)
  assert.deepEqual(meaning(await metrics.render()), ours, 'render() is unaffected')
})

test('each registry is separate: two of the same catalogue do not clash', async () => {
  const [one, two] = [filled(), filled()]
  one.bars_total.inc()
  assert.match(await one.registry.metrics(), /^tb_bars_total 1$/m)
  assert.match(await two.registry.metrics(), /^tb_bars_total 0$/m)
  assert.equal(await register.metrics(), '\n', 'the global registry stays empty')
})

test('the registry merges with those of other libraries, whose metrics render() does not expose', async () => {
  const metrics = filled()
  const foreign = new Registry()
  new Counter({ name: 'library_calls_total', help: 'x', registers: [foreign, metrics.registry] }).inc()
  const merged = Registry.merge([metrics.registry, foreign])
  const ours = meaning(await metrics.render())
  assert.deepEqual(meaning(await merged.metrics()), ['library_calls_total 1', ...ours])
  assert.equal(ours.includes('library_calls_total 1'), false)
})

test('a reset returns to the initial state, and bound handles stay valid', async () => {
  const metrics = filled()
  const bound = metrics.fills_total.bind({ symbol: 'BTC', side: 'buy' })
  bound.inc()
  metrics.registry.resetMetrics()
  const fresh = createMetrics(runtimeMetrics, { now: clock().now })
  assert.equal(withoutContractLines(await metrics.render()), withoutContractLines(await fresh.render()))
  bound.inc()
  metrics.info.set({ version: '1', exchange: 'binance' })
  const text = await metrics.render()
  assert.match(text, /^tb_fills_total\{symbol="BTC",side="buy"\} 1$/m)
  assert.match(text, /^tb_info\{version="1",exchange="binance"\} 1$/m)
})
