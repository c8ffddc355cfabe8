import type { Bot } from '../../definitions/language/bot.ts'
import { type ContractKey, withoutContract } from '../../definitions/language/contract-metrics.ts'
import type { Contract } from '../../generators/contract/schema.ts'
import { contractOf } from '../../generators/outputs/contract/contract.ts'
import { createMetrics } from '../../runtime/index.ts'
import { smallBot } from '../fixtures/small-bot.ts'
import { runtimeMetrics } from '../runtime/fixture.ts'

/** One metric of each shape, of a bot that exposes nothing about its contract. */
export const plainMetrics = withoutContract(runtimeMetrics as unknown as Bot['metrics']) as unknown as Omit<
  typeof runtimeMetrics,
  ContractKey
>

/** The contract of these metrics. */
export const contract: Contract = contractOf({
  bot: { ...smallBot(), name: 'tb', metrics: plainMetrics as unknown as Bot['metrics'] },
})

/** Metrics of that contract, each of which has a series. */
export function busyMetrics() {
  const metrics = createMetrics(plainMetrics, { mode: 'strict', now: () => 0 })
  metrics.expect({ symbol: ['BTCUSDT'] })
  metrics.bars_total.inc()
  metrics.orders_total.inc({ side: 'buy', status: 'filled' })
  metrics.equity_usdt.set(-12.5)
  metrics.position_size.set({ symbol: 'BTCUSDT', side: 'buy' }, 3)
  metrics.position_size.set({ symbol: 'odd " \\ value', side: 'buy' }, 1e-7)
  metrics.latency_seconds.observe({ side: 'buy' }, 0.5)
  metrics.slippage_bps.observe({ symbol: 'BTCUSDT' }, -3)
  metrics.info.set({ version: '1', exchange: 'binance' })
  metrics.trading_mode.set('paper')
  return metrics
}
