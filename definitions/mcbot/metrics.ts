import { catalogue } from '../language/metrics.ts'
import { anomaly } from './anomaly/metrics.ts'
import { exchange } from './exchange/metrics.ts'
import { execution } from './execution/metrics.ts'
import { health } from './health/metrics.ts'
import { market } from './market/metrics.ts'
import { meta } from './meta/metrics.ts'
import { onchain } from './onchain/metrics.ts'
import { position } from './position/metrics.ts'
import { processMetrics } from './process/metrics.ts'
import { strategies } from './strategy/metrics.ts'
import { websocket } from './websocket/metrics.ts'

const counters = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [`mcbot_${name}`, `counters end in _total; mcbot_${name}_total replaces it`]))

/** Every metric of MC Coin Bot: apart from its day, the only part of its definitions that the bot itself loads. */
export const declared = catalogue(
  'mcbot',
  [execution, position, exchange, health, strategies, websocket, processMetrics, anomaly, onchain, market, meta],
  {
    retired: {
      ...counters('fills', 'signals', 'bars', 'circuit_breaker', 'risk_alerts'),
      mcbot_realized_pnl_usdt_total:
        'a counter cannot hold signed PnL; mcbot_realized_profit_usdt_total and mcbot_realized_loss_usdt_total replace it',
    },
  },
)
