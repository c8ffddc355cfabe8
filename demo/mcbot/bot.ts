import { websocketMetrics } from '../../definitions/mcbot/websocket/metrics.ts'
import type { ProcessFigures } from '../../runtime/process/index.ts'
import { type Clock, createClock } from './clock.ts'
import { type Conditions, createConditions } from './conditions.ts'
import type { FaultSwitches } from './faults/list.ts'
import type { BotMetrics } from './metrics.ts'
import { createBars } from './outside/bars.ts'
import { createExchangeApi } from './outside/exchange-api.ts'
import { createFeed } from './outside/feed.ts'
import { coveredSymbols, createOnchain, sourceNames } from './outside/onchain.ts'
import { recordAccount } from './record/account.ts'
import { recordAnomalies } from './record/anomaly.ts'
import { recordHealth } from './record/health.ts'
import { recordPortfolio } from './record/portfolio.ts'
import { recordProcess } from './record/process.ts'
import { recordTrading } from './record/trading.ts'
import { stepSeconds, strategies, symbols } from './setting.ts'
import { backtest, createDesk } from './trading/desk.ts'

interface BotOptions {
  readonly metrics: BotMetrics
  readonly switches: FaultSwitches
  /** The seed; runs with the same seed are identical. */
  readonly seed: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly figures: ProcessFigures
  /** The folder that keeps the account across restarts; null if it starts over. */
  readonly state: string | null
  /** How fast the market runs; a day in 30 seconds unless given. */
  readonly clock?: Clock
  /** As usual unless given. */
  readonly conditions?: Conditions
}

/** The paper bot: `step` simulates half a second; the caller decides how often to call it. */
interface PaperBot {
  readonly step: () => void
  readonly end: () => Promise<void>
}

/** Days of the backtest, and days of live history before this process started. */
const past = { backtest: 200, lived: 60 }
const accountEvery = 10
const marketEvery = 20

export function createBot({
  metrics,
  switches,
  seed,
  now,
  figures,
  state,
  clock = createClock(),
  conditions = createConditions(),
}: BotOptions): PaperBot {
  const { onchain_cache_size, exchange_ws_connected } = metrics
  metrics.expect({ symbol: symbols, strategy: strategies, source: sourceNames }, { without: [onchain_cache_size] })
  metrics.expect({ symbol: conditions.watched }, { only: [exchange_ws_connected, websocketMetrics] })
  // 0 columns are a fault only of a coin that has on-chain data
  metrics.expect({ symbol: coveredSymbols }, { only: [onchain_cache_size] })
  const ready = conditions.warmUpLimit === null ? () => {} : metrics.warmUp({ limit: conditions.warmUpLimit })
  const days = backtest(seed, past.backtest + past.lived)
  const part = (from: number, to?: number) =>
    new Map([...days].map(([strategy, returns]) => [strategy, returns.slice(from, to)]))
  const desk = createDesk(seed, clock, part(past.backtest), conditions)
  const api = createExchangeApi(seed, metrics, switches, now)
  const feed = createFeed(seed, metrics, switches, conditions, clock)
  const bars = createBars(metrics, switches, conditions.watched, clock)
  const onchain = createOnchain(seed, metrics, switches, now, clock)
  const account = recordAccount(metrics, switches, desk.ledger, now, state)
  recordPortfolio(metrics, desk)
  const anomalies = recordAnomalies(metrics, switches, part(0, past.backtest), desk.record)
  const health = recordHealth(metrics, switches, seed, now, state)
  const trading = recordTrading(metrics, switches)
  recordProcess(metrics, switches, figures)
  anomalies.step(true)
  let steps = 0
  let mode: 'paper' | 'live' | null = null

  const sayMode = () => {
    const wanted = switches.isOn('trading-mode') ? 'live' : 'paper'
    if (wanted === mode) return
    mode = wanted
    metrics.trading_mode.set(mode)
    metrics.info.set({ version: '0.1.0', mode, exchange: 'binance', strategy: strategies.join(', ') })
  }
  sayMode()

  return Object.freeze({
    end: account.end,
    step: () => {
      steps += 1
      sayMode()
      feed.step()
      if (steps >= conditions.warmUp / stepSeconds) ready()
      bars.step(() => api.call('klines'))
      const events = desk.step()
      for (const { type, size } of events.orders) {
        api.call('order')
        // Repricing a resting order cancels it first; one in seven is repriced.
        if (type === 'limit' && size % 7n === 0n) api.call('cancel')
      }
      if (steps % accountEvery === 0) api.call('account')
      if (steps % marketEvery === 0)
        for (const _ of symbols) {
          api.call('funding')
          api.call('open_interest')
        }
      api.step()
      onchain.step()
      trading.step(events)
      account.step()
      anomalies.step(events.dayEnded)
      health.step(events, desk)
    },
  })
}
