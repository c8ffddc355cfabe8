import type { ProcessFigures } from '../../runtime/process/index.ts'
import { createAccounts } from './exchange/account.ts'
import { createApi } from './exchange/api.ts'
import { createExchange, type Exchange } from './exchange/exchange.ts'
import { createStream } from './exchange/stream.ts'
import type { FaultSwitches } from './faults/list.ts'
import { createMarket } from './market/market.ts'
import type { BotMetrics } from './metrics.ts'
import { recordAccount } from './record/account.ts'
import { recordHealth } from './record/health.ts'
import type { BotLog } from './record/log.ts'
import { recordReconciliation } from './record/reconciliation.ts'
import { createTrackRecord } from './record/track-record.ts'
import { recordVenues } from './record/venues.ts'
import { type ExchangeName, exchangeNames, stepsIn } from './setting.ts'
import { type Books, createBooks } from './trading/books.ts'
import { createDesk } from './trading/desk.ts'
import { createHalts } from './trading/halts.ts'
import { createPrices, type Prices } from './trading/prices.ts'
import { createRates } from './trading/rates.ts'
import { createRisk } from './trading/risk.ts'
import { createStrategies } from './trading/strategies.ts'
import { createTransfers, type Transfers } from './trading/transfers.ts'

interface BotOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  /** The logger under it, which the fault silent-log turns off. */
  readonly logger: { level: string }
  readonly switches: FaultSwitches
  /** CPU and memory of the process. */
  readonly figures: Pick<ProcessFigures, 'cpuPercent' | 'residentBytes'>
  /** The seed; runs with the same seed are identical. */
  readonly seed: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The folder that keeps the accounts across restarts; null if they start over. */
  readonly state: string | null
  /** Called in each iteration of the main loop. */
  readonly beat?: () => void
}

/** The paper bot: `step` simulates half a second; the caller decides how often to call it. */
interface PaperBot {
  readonly step: () => void
  readonly end: () => Promise<void>
  /** What is to be compared: the exchanges, which know nothing of the bot, and what the bot believes. */
  readonly exchanges: ReadonlyMap<ExchangeName, Exchange>
  readonly books: Books
  readonly prices: Prices
  readonly transfers: Transfers
}

/** Steps between two writes of what is kept. */
const savedEvery = stepsIn(10)

export function createBot(options: BotOptions): PaperBot {
  const { metrics, log, logger, switches, figures, seed, now, state, beat = () => {} } = options
  metrics.expect({ exchange: exchangeNames })
  const market = createMarket(seed, switches)
  const accounts = createAccounts(state)
  const each = <T>(create: (name: ExchangeName) => T) =>
    new Map<ExchangeName, T>(exchangeNames.map((name) => [name, create(name)]))
  const exchanges = each((name) => createExchange({ seed, name, market, account: accounts.of(name), switches, now }))
  const apis = each((name) => createApi({ seed, name, metrics, log, switches, now }))
  const streams = each((name) => {
    const exchange = exchanges.get(name) as Exchange
    return createStream({ seed, name, exchange, metrics, log, switches, now })
  })
  const rates = createRates(seed, market, metrics, switches, now)
  const prices = createPrices(streams, rates)
  const books = createBooks()
  const halts = createHalts(metrics, log, switches)
  const track = createTrackRecord(seed, metrics, now, state)
  const venues = recordVenues({ seed, metrics, exchanges, apis, streams, now })
  const { quoteAge, transfersOpen } = venues
  const judge = createRisk({ metrics, switches, books, prices, halts, apis, quoteAge, transfersOpen })
  const shared = { metrics, log, exchanges, apis, books, prices, halts, track, switches, now }
  const desk = createDesk({ ...shared, judge })
  const transfers = createTransfers({ ...shared, isOpen: transfersOpen, folder: state })
  const account = recordAccount({ ...shared, transfers, folder: state })
  const reconciliation = recordReconciliation(shared)
  const { capital } = account
  const health = recordHealth({ metrics, log, switches, figures, now, capital, openLegs: desk.openLegs })
  const strategies = createStrategies(prices)
  const usual = logger.level
  const save = () => {
    accounts.save()
    transfers.save()
    track.save()
  }
  let steps = 0

  const iterate = () => {
    beat()
    rates.step()
    for (const stream of streams.values()) stream.step()
    desk.step()
    account.read(steps)
    venues.step(steps)
    transfers.step()
    account.record()
    halts.step()
    if (exchangeNames.every(books.isKnown)) for (const signal of strategies.step()) desk.take(signal)
    reconciliation.step(steps)
    health.step()
  }
  return Object.freeze({
    step: () => {
      market.step()
      for (const exchange of exchanges.values()) exchange.step()
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
    exchanges,
    books,
    prices,
    transfers,
  })
}
