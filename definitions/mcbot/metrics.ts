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
  Object.fromEntries(
    names.map((name) => [`mcbot_${name}`, `a counter ends in _total; mcbot_${name}_total took its place`]),
  )

/** Every metric of MC Coin Bot, and the only file of its definitions that the bot itself loads beside its day. */
export const declared = catalogue(
  'mcbot',
  [execution, position, exchange, health, strategies, websocket, processMetrics, anomaly, onchain, market, meta],
  {
    retired: {
      ...counters('fills', 'signals', 'bars', 'circuit_breaker', 'risk_alerts'),
      mcbot_realized_pnl_usdt_total:
        'a counter cannot hold PnL with its sign; mcbot_realized_profit_usdt_total and mcbot_realized_loss_usdt_total took its place',
    },
  },
)
