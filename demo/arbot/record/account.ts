import { join } from 'node:path'
import { day } from '../../../definitions/arbot/day.ts'
import { createDay, createOpeningValue } from '../../../runtime/day/index.ts'
import { createPeak } from '../../../runtime/peak/index.ts'
import { roundedTo } from '../../paper/rounded.ts'
import { fromMicros } from '../amount.ts'
import { type Api, callEvery } from '../exchange/api.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { coins, type ExchangeName, exchangeNames, exchanges } from '../setting.ts'
import type { Books } from '../trading/books.ts'
import type { Halts } from '../trading/halts.ts'
import type { Prices } from '../trading/prices.ts'
import type { Transfers } from '../trading/transfers.ts'
import type { BotLog } from './log.ts'
import type { TrackRecord } from './track-record.ts'

interface AccountOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly exchanges: ReadonlyMap<ExchangeName, Exchange>
  readonly apis: ReadonlyMap<ExchangeName, Api>
  readonly books: Books
  readonly prices: Prices
  readonly transfers: Transfers
  readonly halts: Halts
  readonly track: TrackRecord
  readonly switches: FaultSwitches
  readonly now: () => number
  /** The folder that keeps peak and opening capital across restarts; null if nothing keeps them. */
  readonly folder: string | null
}

/** Under the fault liquidation, prices may move by this share until the exchange liquidates. */
const closeToLiquidation = 0.03

/** Reads the accounts from the exchanges, and records what the books are worth: all figures are of the same moment. */
export function recordAccount(options: AccountOptions): {
  readonly read: (step: number) => void
  readonly record: () => void
  readonly capital: () => number
  readonly end: () => Promise<void>
} {
  const {
    metrics,
    log,
    exchanges: venues,
    apis,
    books,
    prices,
    transfers,
    halts,
    track,
    switches,
    now,
    folder,
  } = options
  let total: number | undefined
  const kept = (name: string) => (folder === null ? { now } : { now, file: join(folder, name) })
  const peak = createPeak(() => total, kept('peak-capital.json'))
  const days = createDay(day)
  const opening = createOpeningValue(days, () => total, kept('opening-capital.json'))
  const maintenance = new Map<ExchangeName, number>()
  const told = new Map<ExchangeName, number>()
  const worth = (name: ExchangeName) => prices.worth(books.holdings(name))

  const liquidation = (exchange: ExchangeName) => {
    const gross = prices.gross(books.holdings(exchange))
    if (!exchanges[exchange].margin || gross === 0) return
    const left = worth(exchange) / gross - (maintenance.get(exchange) ?? 0)
    metrics.liquidation_distance.set({ exchange }, switches.isOn('liquidation') ? closeToLiquidation : left)
  }
  const exposures = () => {
    const under = transfers.underWay()
    for (const coin of coins) {
      const held = exchangeNames.reduce((sum, name) => sum + (books.holdings(name)[coin] ?? 0), under[coin] ?? 0)
      metrics.net_exposure_usd.set({ asset: coin }, fromMicros(held) * prices.of(coin))
      metrics.inventory_imbalance.set({ asset: coin }, transfers.largestShare(coin))
    }
    metrics.gross_exposure_usd.set(
      exchangeNames.reduce((sum, name) => sum + prices.gross(books.holdings(name)), prices.gross(under)),
    )
  }
  const update = (exchange: ExchangeName) => {
    const capital = roundedTo(worth(exchange), 2)
    if (told.get(exchange) === capital) return
    told.set(exchange, capital)
    log.balance_update({ exchange, capital, total: roundedTo(total ?? capital, 2) })
  }
  return Object.freeze({
    read: (step: number) => {
      for (const name of exchangeNames) {
        if (step % callEvery.account !== 0 || !apis.get(name)?.call('account')) continue
        const answer = venues.get(name)?.account()
        if (answer === undefined) continue
        if (!books.isKnown(name)) books.adopt(name, answer)
        books.income(name, answer.income)
        maintenance.set(name, answer.maintenance)
        update(name)
      }
    },
    record: () => {
      // what is not known is not worth nothing
      if (!exchangeNames.every(books.isKnown)) return
      total = exchangeNames.map(worth).reduce((sum, capital) => sum + capital, prices.worth(transfers.underWay()))
      for (const exchange of exchangeNames) {
        metrics.capital_usd.set({ exchange }, worth(exchange))
        liquidation(exchange)
      }
      exposures()
      const [daily, drawdown] = [opening.change() ?? 0, 100 * (peak.drawdown() ?? 0)]
      metrics.pnl_total_usd.set(total - track.deposited(total))
      metrics.pnl_daily_usd.set(daily)
      metrics.drawdown_pct.set(drawdown)
      track.earned(daily, total)
      halts.judge(daily, drawdown, days.startOf(now()))
    },
    capital: () => total ?? 0,
    end: async () => {
      await Promise.all([peak.end(), opening.end()])
    },
  })
}
