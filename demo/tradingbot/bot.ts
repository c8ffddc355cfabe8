import { createApi } from './exchange/api.ts'
import { createExchange } from './exchange/exchange.ts'
import { createMarket } from './exchange/market.ts'
import type { FaultSwitches } from './faults/list.ts'
import type { BotMetrics } from './metrics.ts'
import { recordAccount } from './record/account.ts'
import { recordHealth } from './record/health.ts'
import type { BotLog } from './record/log.ts'
import { recordReconciliation } from './record/reconciliation.ts'
import type { Trades } from './record/trades.ts'
import { symbols } from './setting.ts'
import { createBooks } from './trading/books.ts'
import { createDesk } from './trading/desk.ts'

interface BotOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  /** The logger under it, which the fault silent-log turns off. */
  readonly logger: { level: string }
  readonly trades: Trades
  readonly switches: FaultSwitches
  /** The seed; runs with the same seed are identical. */
  readonly seed: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The folder that keeps the account across restarts; null if it starts over. */
  readonly state: string | null
  /** Called in each iteration of the main loop. */
  readonly beat?: () => void
}

/** The paper bot: `step` simulates half a second; the caller decides how often to call it. */
interface PaperBot {
  readonly step: () => void
  readonly end: () => Promise<void>
}

/** Steps between two writes of what is kept, and between two prices that are read. */
const [savedEvery, readEvery] = [20, 40]

export function createBot(options: BotOptions): PaperBot {
  const { metrics, log, logger, trades, switches, seed, now, state, beat = () => {} } = options
  metrics.expect({ symbol: symbols })
  const market = createMarket(seed)
  const exchange = createExchange(market, switches, state)
  const api = createApi(seed, metrics, log, switches, now)
  const books = createBooks(state)
  const desk = createDesk({ seed, market, exchange, api, books, log, switches, now })
  const account = recordAccount({ metrics, log, market, exchange, api, books, switches, now, folder: state })
  const reconciliation = recordReconciliation({ metrics, exchange, api, books, switches, resolve: desk.resolve, now })
  const openPositions = () => books.positions().size
  const health = recordHealth({ metrics, log, switches, now, balance: desk.balance, openPositions })
  const usual = logger.level
  const save = () => {
    exchange.save()
    trades.save()
  }
  let steps = 0

  const iterate = () => {
    beat()
    account.step()
    desk.step()
    reconciliation.step()
    health.step()
    if (steps % readEvery === 0) api.call('ticker', symbols[(steps / readEvery) % symbols.length])
  }
  return Object.freeze({
    step: () => {
      market.step()
      exchange.step()
      const level = switches.isOn('silent-log') ? 'silent' : usual
      if (logger.level !== level) logger.level = level
      if (!switches.isOn('freeze')) iterate()
      steps += 1
      if (steps % savedEvery === 0) save()
    },
    end: async () => {
      save()
      await account.end()
    },
  })
}
