import { join } from 'node:path'
import { day } from '../../../definitions/mcbot/day.ts'
import { createDay, createOpeningValue } from '../../../runtime/day/index.ts'
import { createPeak } from '../../../runtime/peak/index.ts'
import { faultySymbol } from '../faults/list.ts'
import type { Switches } from '../faults/switches.ts'
import type { BotMetrics } from '../metrics.ts'
import { marginRate, strategies, symbols } from '../setting.ts'
import { createAccountFile } from '../trading/account-file.ts'
import { absolute, coinsOf, toMoney, usdtOf } from '../trading/amount.ts'
import type { Desk } from '../trading/desk.ts'
import { recordRealized } from './trading.ts'

/** Steps between two writes of the account: ten seconds. */
const savedEvery = 20

/**
 * Records the state of the account, read from the ledger at each scrape, so that totals are consistent in every scrape. With a
 * folder for its state, the account, its peak and today's PnL continue after a restart.
 */
export function recordPortfolio(
  metrics: BotMetrics,
  switches: Switches,
  { ledger, market, openOrders, record }: Desk,
  now: () => number,
  folder: string | null,
): { readonly step: () => void; readonly end: () => Promise<void> } {
  const account = folder === null ? null : createAccountFile(join(folder, 'account.json'))
  if (account?.equity != null) ledger.settle(toMoney(account.equity) - ledger.equity())
  let [settled, settledShare, steps] = [0n, 0n, 0]
  const gross = () => symbols.reduce((sum, symbol) => sum + absolute(ledger.notional(symbol)), 0n)
  const equity = () => usdtOf(ledger.equity())

  const errors = { inc: () => metrics.errors_total.inc({ component: 'risk', error_type: 'other' }) }
  const kept = (name: string) => (folder === null ? {} : { file: join(folder, name) })
  const opening = createOpeningValue(createDay(day), equity, { ...kept('opening-equity.json'), errors, now })
  const peak = createPeak(equity, { ...kept('peak-equity.json'), errors })
  opening.value()

  metrics.equity_usdt.collect(equity)
  metrics.cash_usdt.collect(() => usdtOf(ledger.cash()))
  metrics.drawdown_pct.collect(() => {
    const share = peak.drawdown()
    return share === undefined ? undefined : share * 100
  })
  metrics.today_pnl_usdt.collect(opening.change)
  const openPositions = () => symbols.filter((symbol) => ledger.position(symbol).size !== 0n).length
  metrics.open_positions.collect(openPositions)
  // the desk closes positions by itself and places no stops
  metrics.positions_without_stop.collect(openPositions)
  metrics.open_orders.collect(openOrders)
  metrics.aggregate_leverage.collect(() => usdtOf(gross()) / equity() + (switches.isOn('high-leverage') ? 6 : 0))
  metrics.margin_used_usdt.collect(() =>
    switches.isOn('high-margin') ? 0.95 * equity() : marginRate * usdtOf(gross()),
  )
  for (const symbol of symbols) {
    metrics.position_size.bind({ symbol }).collect(() => coinsOf(ledger.position(symbol).size))
    metrics.position_notional_usdt.bind({ symbol }).collect(() => usdtOf(ledger.notional(symbol)))
    metrics.unrealized_pnl_usdt.bind({ symbol }).collect(() => usdtOf(ledger.unrealized(symbol)))
    metrics.funding_rate.bind({ symbol }).collect(() => market.fundingRate(symbol))
    metrics.open_interest_usdt.bind({ symbol }).collect(() => market.openInterest(symbol))
    metrics.volume_24h_usdt.bind({ symbol }).collect(() => market.volume(symbol))
    metrics.regime_score.bind({ symbol }).collect(() => market.regime(symbol))
  }
  for (const strategy of strategies) {
    metrics.strategy_pnl_usdt.bind({ strategy }).collect(() => usdtOf(ledger.profit(strategy)))
    metrics.strategy_drawdown_pct.bind({ strategy }).collect(() => record(strategy).drawdownPercent())
    metrics.strategy_win_rate.bind({ strategy }).collect(() => record(strategy).winRate())
    metrics.strategy_sharpe_rolling.bind({ strategy }).collect(() => record(strategy).sharpe())
  }

  /** Settles a loss that belongs to no strategy, so that it does not change how any of them trades; paid back when the fault ends. */
  const settle = () => {
    const share = switches.isOn('deep-drawdown') ? 40n : switches.isOn('high-drawdown') ? 15n : 0n
    if (share === settledShare) return
    const loss = ((ledger.equity() + settled) * share) / 100n
    const amount = settled - loss
    ;[settled, settledShare] = [loss, share]
    ledger.settle(amount)
    recordRealized(metrics, faultySymbol, amount)
  }
  // What the fault took is paid back after a restart as well.
  const save = () => account?.save(usdtOf(ledger.equity() + settled))
  return Object.freeze({
    step: () => {
      settle()
      opening.value()
      peak.look()
      steps += 1
      if (steps % savedEvery === 0) save()
    },
    end: async () => {
      save()
      await Promise.all([opening.end(), peak.end()])
    },
  })
}
