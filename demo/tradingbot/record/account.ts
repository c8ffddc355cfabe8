import { join } from 'node:path'
import { day } from '../../../definitions/tradingbot/day.ts'
import { createDay, createOpeningValue } from '../../../runtime/day/index.ts'
import { createPeak, type Peak } from '../../../runtime/peak/index.ts'
import { createKeptFile } from '../../paper/kept-file.ts'
import { roundedTo } from '../../paper/rounded.ts'
import type { Api } from '../exchange/api.ts'
import { type AccountAnswer, type Exchange, worthOf } from '../exchange/exchange.ts'
import type { Market } from '../exchange/market.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import type { Books } from '../trading/books.ts'
import type { BotLog } from './log.ts'

interface AccountOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly market: Market
  readonly exchange: Exchange
  readonly api: Api
  readonly books: Books
  readonly switches: FaultSwitches
  readonly now: () => number
  /** The folder that keeps peak and opening balance across restarts; null if nothing keeps them. */
  readonly folder: string | null
}

/** Steps between two reads of the account: ten seconds. */
const readEvery = 20

/** Reads the account from the exchange, and records what it is worth in one go: all figures are of the same moment. */
export function recordAccount(options: AccountOptions): {
  readonly step: () => void
  readonly end: () => Promise<void>
} {
  const { metrics, log, market, exchange, api, books, switches, now, folder } = options
  let read: { readonly balance: number; readonly transferred: number } | null = null
  const balance = () => read?.balance
  const transferred = () => read?.transferred
  const common = { now, transferred, errors: metrics.state_errors_total }
  const kept = (name: string) => (folder === null ? common : { ...common, file: join(folder, name) })
  const keptPeak = createPeak(balance, kept('peak-balance.json'))
  let forgetful: Peak | null = null
  /** Under the fault state-lost, one that begins with it. */
  const currentPeak = (): Peak => {
    if (switches.isOn('state-lost')) {
      forgetful ??= createPeak(balance, common)
      return forgetful
    }
    void forgetful?.end()
    forgetful = null
    return keptPeak
  }
  const opening = createOpeningValue(createDay(day), balance, kept('opening-balance.json'))
  const transfers = createTransfers(metrics, folder)
  let told: number | null = null

  const record = (answer: AccountAnswer) => {
    const worth = worthOf(answer, market)
    read = { balance: worth.balance, transferred: answer.deposits - answer.withdrawals }
    transfers.read(answer)
    metrics.balance_usdt.set(worth.balance)
    metrics.unrealized_pnl.set(worth.unrealized)
    metrics.exposure_usdt.set(worth.exposure)
    metrics.open_positions.set(answer.positions.size)
    metrics.balance_timestamp.set(now() / 1000)
    keptPeak.look()
    const peak = currentPeak()
    metrics.peak_balance.set(peak.value() ?? worth.balance)
    metrics.max_drawdown.set(0 - (peak.drawdown() ?? 0))
    metrics.peak_since_timestamp.set((peak.since() ?? now()) / 1000)
    const [pnl, percent] = [opening.change() ?? 0, 100 * (opening.relativeChange() ?? 0)]
    metrics.daily_pnl.set(pnl)
    metrics.daily_pnl_pct.set(percent)
    const shown = roundedTo(worth.balance, 2)
    if (shown === told) return
    told = shown
    log.balance_update({ balance: shown, pnl: roundedTo(pnl, 2), pnl_pct: roundedTo(percent, 3) })
  }
  let steps = 0
  return Object.freeze({
    step: () => {
      if (steps++ % readEvery !== 0 || !api.call('account')) return
      const answer = exchange.account()
      if (!books.isKnown()) {
        books.adopt(answer)
        // the answer contains what was reported before
        exchange.reports()
      }
      books.income(answer.income)
      record(answer)
    },
    end: async () => {
      await Promise.all([keptPeak.end(), forgetful?.end(), opening.end()])
    },
  })
}

type Transfers = Pick<AccountAnswer, 'deposits' | 'withdrawals'>

/** Counts deposits and withdrawals, also those that were made while the bot was down. */
function createTransfers(metrics: BotMetrics, folder: string | null) {
  const options = { bot: 'tradingbot', what: 'the sum of transfers', read: transfersIn }
  const file = folder === null ? null : createKeptFile(join(folder, 'transfers.json'), options)
  let known = file?.known ?? null
  return {
    read: ({ deposits, withdrawals }: Transfers) => {
      const before = known ?? { deposits, withdrawals }
      if (known !== null && deposits === before.deposits && withdrawals === before.withdrawals) return
      metrics.deposits_usdt_total.inc(deposits - before.deposits)
      metrics.withdrawals_usdt_total.inc(withdrawals - before.withdrawals)
      known = { deposits, withdrawals }
      file?.save(known)
    },
  }
}

function transfersIn(given: unknown): Transfers | null {
  const { deposits, withdrawals } = (given ?? {}) as Partial<Transfers>
  return typeof deposits === 'number' && typeof withdrawals === 'number' ? { deposits, withdrawals } : null
}
