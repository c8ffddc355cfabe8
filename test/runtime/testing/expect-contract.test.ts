import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createMetrics } from '../../../runtime/index.ts'
import { expectContract } from '../../../runtime/testing/index.ts'
import { clock, linesOf, runtimeMetrics } from '../fixture.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const silent = { mode: 'lenient', log: () => {} } as const

test('metrics that were never emitted are listed, one per line, before anything happens', () => {
  assert.throws(() => expectContract(createMetrics(runtimeMetrics)).toBeCovered(), {
    code: 'ERR_BOTWATCH_CONTRACT',
    message: `the contract is not fully covered:
  tb_bars_total was never emitted
  tb_orders_total was never emitted
  tb_fills_total was never emitted
  tb_fees_usdt_total was never emitted
  tb_equity_usdt was never emitted
  tb_open_orders was never emitted
  tb_position_size was never emitted
  tb_loop_age_seconds was never emitted
  tb_feed_age_seconds was never emitted
  tb_latency_seconds was never emitted
  tb_slippage_bps was never emitted
  tb_info was never emitted
  tb_trading_mode was never emitted`,
  })
})

test('closed values and states that were never emitted are listed, also for removed series', () => {
  const metrics = createMetrics(runtimeMetrics)
  metrics.orders_total.inc({ side: 'buy', status: 'filled' })
  metrics.fills_total.bind({ symbol: 'A', side: 'sell' })
  metrics.position_size.set({ symbol: 'A', side: 'buy' }, 1)
  metrics.position_size.remove({ symbol: 'A', side: 'buy' })
  metrics.trading_mode.set('paper')
  metrics.trading_mode.set('live')
  metrics.info.set({ version: '1', exchange: 'binance' })
  metrics.info.set({ version: '1', exchange: 'bybit' })
  metrics.open_orders.set({ side: 'buy' }, 2)
  const told = expectContract(metrics)
    .coverage()
    .filter(({ emitted }) => emitted)
  assert.deepEqual(told, [
    { metric: 'tb_orders_total', emitted: true, never: { side: ['sell'], status: ['rejected'] } },
    { metric: 'tb_open_orders', emitted: true, never: { side: ['sell'] } },
    { metric: 'tb_position_size', emitted: true, never: { side: ['sell'] } },
    { metric: 'tb_info', emitted: true, never: {} },
    { metric: 'tb_trading_mode', emitted: true, never: {} },
  ])
})

test('a metric recorded only in the overflow series counts as emitted, but none of its label values do', () => {
  const metrics = createMetrics(runtimeMetrics, silent)
  metrics.expect({ symbol: ['A', 'B', 'C'] })
  metrics.fills_total.inc({ symbol: 'D', side: 'buy' })
  assert.deepEqual(
    expectContract(metrics)
      .coverage()
      .filter(({ emitted }) => emitted),
    [{ metric: 'tb_fills_total', emitted: true, never: { side: ['buy', 'sell'] } }],
  )
})

test('a bot that emits everything is covered, and metrics can be excepted by name', () => {
  const time = clock()
  const metrics = createMetrics(runtimeMetrics, { now: time.now })
  time.ms = 1
  metrics.bars_total.inc()
  for (const side of ['buy', 'sell'] as const) {
    for (const status of ['filled', 'rejected'] as const) metrics.orders_total.inc({ side, status })
    metrics.fills_total.inc({ symbol: 'A', side })
    metrics.open_orders.set({ side }, 1)
    metrics.position_size.set({ symbol: 'A', side }, 0)
    metrics.latency_seconds.observe({ side }, 0)
  }
  metrics.equity_usdt.set(0)
  metrics.loop_age_seconds.touch()
  metrics.feed_age_seconds.touch({ symbol: 'A' })
  metrics.slippage_bps.observe({ symbol: 'A' }, -5)
  for (const exchange of ['binance', 'bybit'] as const) metrics.info.set({ version: '1', exchange })
  for (const mode of ['paper', 'live'] as const) metrics.trading_mode.set(mode)

  const contract = expectContract(metrics)
  assert.throws(() => contract.toBeCovered(), {
    message: 'the contract is not fully covered:\n  tb_fees_usdt_total was never emitted',
  })
  contract.toBeCovered({ except: ['tb_fees_usdt_total'] })
  assert.throws(() => contract.toBeCovered({ except: ['fees'] }), {
    message: 'the contract has no metric with this name to except:\n  fees',
  })
  metrics.fees_usdt_total.inc(0.1)
  contract.toBeCovered()
})

test('an age that was never touched does not count as emitted', () => {
  const time = clock()
  const metrics = createMetrics(runtimeMetrics, { now: time.now })
  metrics.expect({ symbol: ['A'] })
  time.ms = 5000
  const [loop, feed] = expectContract(metrics)
    .coverage()
    .filter(({ metric }) => metric.includes('age_seconds'))
  assert.deepEqual([loop?.emitted, feed?.emitted], [false, false])
})

test('refusals are listed in strict and lenient mode, and without any the contract is kept', () => {
  for (const mode of ['strict', 'lenient'] as const) {
    const metrics = createMetrics(runtimeMetrics, { ...silent, mode })
    const contract = expectContract(metrics)
    contract.toBeKept()
    for (let i = 0; i < 2; i++)
      try {
        metrics.bars_total.inc(-1)
      } catch {
        // Strict throws as well.
      }
    assert.throws(() => contract.toBeKept(), {
      code: 'ERR_BOTWATCH_CONTRACT',
      message: 'the contract was violated:\n  tb_bars_total: negative, 2 times',
    })
  }
})

test('after a reset nothing was emitted or refused, and bound handles stay valid', async () => {
  const metrics = createMetrics(runtimeMetrics, silent)
  const bound = metrics.fills_total.bind({ symbol: 'A', side: 'buy' })
  bound.inc()
  metrics.position_size.set({ symbol: 'A', side: 'buy' }, 1)
  metrics.position_size.remove({ symbol: 'A', side: 'buy' })
  metrics.bars_total.inc(-1)
  const contract = expectContract(metrics)
  contract.reset()
  assert.deepEqual(contract.refused(), [])
  assert.ok(contract.coverage().every(({ emitted }) => !emitted))
  assert.match(await metrics.render(), /^tb_contract_refused_total\{metric="tb_bars_total",reason="number"\} 0$/m)
  bound.inc()
  assert.deepEqual(linesOf(await metrics.render(), 'tb_fills_total'), [
    'tb_fills_total{symbol="A",side="buy"} 1',
    'tb_fills_total{symbol="A",side="sell"} 0',
  ])
})

test('two copies of the runtime, as after a hot reload, neither clash nor share state', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-twice-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const copies = ['a', 'b'].map((copy) => {
    for (const part of ['runtime', 'definitions/language', 'test/runtime/fixture.ts', 'test/runtime/testing/twice.ts'])
      cpSync(join(root, part), join(folder, copy, part), {
        recursive: true,
        filter: (path) => !/node_modules|dist/.test(path),
      })
    return `./${copy}/test/runtime/testing/twice.ts`
  })
  const [first = '', second = ''] = copies
  const said = execFileSync(process.execPath, ['--import', 'tsx', '--import', first, second], { cwd: folder })
  assert.equal(said.toString(), 'each copy counts separately, and can read metrics of the other\n')
})

test('something other than metrics is refused', () => {
  assert.throws(() => expectContract({}), {
    name: 'TypeError',
    message: 'not a metrics object: expected the return value of createMetrics(…)',
  })
})
