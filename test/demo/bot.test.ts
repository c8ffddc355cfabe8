import assert from 'node:assert/strict'
import { test } from 'node:test'
import { botMetrics } from '../../definitions/mcbot/metrics.ts'
import { paperRun, samplesOf, totalOf, valuesOf } from './paper-run.ts'

const twoMinutes = 240
/** An amount in the ledger's hundred-millionths of a USDT, so that a scraped value can be compared exactly. */
const exact = (usdt: number) => BigInt(Math.round(usdt * 1e8))

test('after two minutes the bot has emitted every metric of its contract, and nothing else', async () => {
  const run = paperRun('contract')
  run.steps(twoMinutes)
  const text = await run.text()
  const emitted = [...samplesOf(text).keys()].map((series) => series.replace(/\{.*/, ''))
  const histograms = new Set(
    Object.values(botMetrics).flatMap(({ kind, name }) => (kind === 'histogram' ? [name] : [])),
  )
  const families = new Set(
    emitted.map((name) => {
      const base = name.replace(/_(bucket|sum|count)$/, '')
      return histograms.has(base) ? base : name
    }),
  )
  assert.deepEqual(
    [...families].sort(),
    Object.values(botMetrics)
      .map(({ name }) => name)
      .sort(),
  )
})

test('after two minutes every histogram has observations for each symbol, endpoint and source', async () => {
  const run = paperRun('contract')
  run.steps(twoMinutes)
  const counts = [...(await run.samples())].filter(
    ([series]) => series.includes('_bucket{') && /le="\+Inf"/.test(series),
  )
  assert.deepEqual(
    counts.filter(([, count]) => count === 0).map(([series]) => series),
    [],
  )
  assert.ok(counts.length > 20)
})

test('runs with the same seed are identical, runs with another seed are not', async () => {
  const texts = await Promise.all(
    ['same', 'same', 'other'].map((seed) => {
      const run = paperRun(seed)
      run.steps(300)
      return run.text()
    }),
  )
  assert.equal(texts[0], texts[1])
  assert.notEqual(texts[0], texts[2])
})

test('a coin without on-chain data has no on-chain series, from the start and under the fault onchain-cache-empty', async () => {
  const run = paperRun('onchain')
  const covered = async () =>
    [...(await run.samples()).keys()].flatMap((series) => /^mcbot_onchain_cache_size.*"(.*)"/.exec(series)?.[1] ?? [])
  for (const steps of [1, twoMinutes]) {
    run.steps(steps)
    assert.deepEqual(await covered(), ['BTCUSDT', 'ETHUSDT', 'BNBUSDT', 'SOLUSDT'])
  }
  run.turn('onchain-cache-empty', true)
  run.steps(twoMinutes)
  assert.deepEqual(await covered(), ['BTCUSDT', 'ETHUSDT', 'BNBUSDT', 'SOLUSDT'])
})

test('at every scrape the books balance, also while a loss is settled and money is withdrawn', async () => {
  const run = paperRun('identity')
  let [settled, withdrawn] = [0, 0]
  for (let step = 0; step < 500; step++) {
    if (step === 100) run.turn('high-drawdown', true)
    if (step === 200) run.turn('withdrawal', true)
    if (step === 300) run.turn('high-drawdown', false)
    if (step === 400) run.turn('withdrawal', false)
    run.steps(1)
    const now = await run.samples()
    const total = (name: string) => totalOf(now, `mcbot_${name}`)
    const sum = (name: string) => valuesOf(now, `mcbot_${name}`).reduce((all, value) => all + exact(value), 0n)
    const equal = (one: bigint, other: bigint, what: string) => assert.equal(one, other, `step ${step}: ${what}`)
    equal(sum('wallet_balance_usdt') + sum('unrealized_pnl_usdt'), sum('equity_usdt'), 'wallet and unrealized PnL')
    equal(sum('cash_usdt') + sum('margin_used_usdt'), sum('equity_usdt'), 'cash and margin used')
    equal(sum('margin_balance_usdt'), sum('equity_usdt'), 'margin balance of an account without isolated positions')

    const wallet =
      120_000 +
      (total('deposits_usdt_total') - total('withdrawals_usdt_total')) +
      (total('realized_profit_usdt_total') - total('realized_loss_usdt_total')) -
      total('fees_usdt_total') +
      total('fee_rebates_usdt_total') +
      (total('funding_received_usdt_total') - total('funding_paid_usdt_total'))
    const off = Math.abs(wallet - total('wallet_balance_usdt'))
    assert.ok(off < 1e-5, `step ${step}: the wallet balance is off by ${off}`)

    if (step === 100) settled = 120_000 + total('strategy_pnl_usdt') - total('equity_usdt')
    if (step === 200) withdrawn = total('withdrawals_usdt_total')
    const outside = (step >= 100 && step < 300 ? settled : 0) + (step >= 200 && step < 400 ? withdrawn : 0)
    const ofStrategies = 120_000 + total('strategy_pnl_usdt') - outside
    assert.ok(Math.abs(ofStrategies - total('equity_usdt')) < 1e-5, `step ${step}: the strategies`)
    if (step === 499) assert.ok(total('funding_paid_usdt_total') > 0 && total('funding_received_usdt_total') > 0)
  }
  assert.ok(settled > 17_000 && withdrawn > 19_000, `${settled} ${withdrawn}`)
})

test('a withdrawal is neither a drawdown nor a loss of the day, and its deposit is no profit', async () => {
  const run = paperRun('withdrawal')
  const look = async () => {
    const now = await run.samples()
    const [equity, drawdown, pnl, share] = ['equity_usdt', 'drawdown_pct', 'today_pnl_usdt', 'today_return_pct'].map(
      (name) => totalOf(now, `mcbot_${name}`),
    ) as [number, number, number, number]
    return { equity, drawdown, pnl, share }
  }
  run.steps(twoMinutes)
  const before = await look()
  run.turn('withdrawal', true)
  run.steps(1)
  const during = await look()
  run.turn('withdrawal', false)
  run.steps(1)
  const after = await look()
  assert.ok(during.equity < 0.81 * before.equity && after.equity > 0.99 * before.equity)
  // one step of the market moves each of them by less than this
  for (const now of [during, after]) {
    assert.ok(Math.abs(now.drawdown - before.drawdown) < 0.1, `${now.drawdown} ${before.drawdown}`)
    assert.ok(Math.abs(now.pnl - before.pnl) < 100, `${now.pnl} ${before.pnl}`)
    assert.ok(Math.abs(now.share - before.share) < 0.1, `${now.share} ${before.share}`)
  }
})

test('a healthy bot stays far from every threshold for twenty minutes', async () => {
  const run = paperRun('healthy')
  const minute = 120
  let errors: readonly number[] = []
  for (let passed = 1; passed <= 20; passed++) {
    run.steps(minute)
    const now = await run.samples()
    const one = (name: string) => valuesOf(now, name)[0] as number
    errors = [...errors, totalOf(now, 'mcbot_errors_total')].slice(-6)
    const within: Readonly<Record<string, boolean>> = {
      drawdown: one('mcbot_drawdown_pct') < 5,
      leverage: one('mcbot_aggregate_leverage') < 1,
      margin: one('mcbot_margin_used_usdt') < 0.3 * one('mcbot_equity_usdt'),
      required: one('mcbot_maintenance_margin_usdt') < 0.05 * one('mcbot_margin_balance_usdt'),
      liquidation: valuesOf(now, 'mcbot_liquidation_distance_pct').every((distance) => distance > 50),
      failures: one('mcbot_exchange_consecutive_failures') < 3,
      weight: one('mcbot_exchange_rate_limit_used') < 0.6 * one('mcbot_exchange_rate_limit_max'),
      queue: one('mcbot_eventbus_queue_depth') < 1000,
      dropped: one('mcbot_eventbus_events_dropped_total') === 0,
      breaker: one('mcbot_circuit_breaker_total') === 0,
      critical: one('mcbot_risk_alerts_total{level="critical",finding="account_loss"}') === 0,
      errors: (errors.at(-1) as number) - (errors[0] as number) < 8,
      connected: valuesOf(now, 'mcbot_exchange_ws_connected').every((value) => value === 1),
      reconnects: valuesOf(now, 'mcbot_ws_reconnects_total').every((value) => value < 3),
      messages: valuesOf(now, 'mcbot_ws_last_message_age_seconds').every((age) => age < 5),
      bars: valuesOf(now, 'mcbot_last_bar_age_seconds').every((age) => age < 5),
      severity: valuesOf(now, 'mcbot_gbm_drawdown_severity').every((value) => value === 0),
      decay: valuesOf(now, 'mcbot_ransac_decay_detected').every((value) => value === 0),
      drift: valuesOf(now, 'mcbot_distribution_p_value').every((p) => p > 0.05),
      cache: valuesOf(now, 'mcbot_onchain_cache_size').every((columns) => columns > 0),
      slippage: shareUpTo(now, 'mcbot_slippage_bps', '15') > 0.99,
      farFill: shareUpTo(now, 'mcbot_slippage_bps', '50') === 1,
      slippageCost:
        totalOf(now, 'mcbot_slippage_cost_usdt_total') - totalOf(now, 'mcbot_slippage_gain_usdt_total') <
        0.0005 * one('mcbot_equity_usdt'),
      rejectedInARow: one('mcbot_consecutive_rejections') < 3,
      fetches: shareUpTo(now, 'mcbot_onchain_fetch_latency_seconds', '30') > 0.95,
      rejected: totalOf(now, 'mcbot_order_rejected_total') < 0.03 * totalOf(now, 'mcbot_signals_total'),
    }
    const beyond = Object.keys(within).filter((name) => !within[name])
    assert.deepEqual(beyond, [], `minute ${passed}`)
  }
})

function shareUpTo(samples: ReadonlyMap<string, number>, histogram: string, bound: string): number {
  const upTo = (le: string) =>
    [...samples]
      .filter(
        ([series]) =>
          series.startsWith(`${histogram}_bucket{`) &&
          (series.includes(`le="${le}"`) || series.includes(`le="${le}.0"`)),
      )
      .reduce((sum, [, count]) => sum + count, 0)
  return upTo(bound) / upTo('+Inf')
}
