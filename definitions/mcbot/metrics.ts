import { catalogue } from '../language/metrics.ts'
import { anomalyMetrics } from './anomaly/metrics.ts'
import { exchangeMetrics } from './exchange/metrics.ts'
import { executionMetrics } from './execution/metrics.ts'
import { healthMetrics } from './health/metrics.ts'
import { marketMetrics } from './market/metrics.ts'
import { metaMetrics } from './meta/metrics.ts'
import { onchainMetrics } from './onchain/metrics.ts'
import { positionMetrics } from './position/metrics.ts'
import { processMetrics } from './process/metrics.ts'
import { strategyMetrics } from './strategy/metrics.ts'
import { websocketMetrics } from './websocket/metrics.ts'

const counters = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [`mcbot_${name}`, `counters end in _total; mcbot_${name}_total replaces it`]))

/** Every metric of MC Coin Bot: apart from its day, the only part of its definitions that the bot itself loads. */
export const botMetrics = catalogue(
  'mcbot',
  [
    executionMetrics,
    positionMetrics,
    exchangeMetrics,
    healthMetrics,
    strategyMetrics,
    websocketMetrics,
    processMetrics,
    anomalyMetrics,
    onchainMetrics,
    marketMetrics,
    metaMetrics,
  ],
  {
    retired: {
      ...counters('fills', 'signals', 'bars', 'circuit_breaker', 'risk_alerts'),
      mcbot_realized_pnl_usdt_total:
        'a counter cannot hold signed PnL; mcbot_realized_profit_usdt_total and mcbot_realized_loss_usdt_total replace it',
    },
  },
)
