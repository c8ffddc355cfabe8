import { day } from '../../../definitions/mcbot/day.ts'
import { faultySymbol } from '../faults/list.ts'
import type { Switches } from '../faults/switches.ts'
import type { BotMetrics } from '../metrics.ts'
import { marginRate, strategies, symbols } from '../setting.ts'
import { absolute, coinsOf, usdtOf } from '../trading/amount.ts'
import type { Desk } from '../trading/desk.ts'
import { createDayNumber } from '../trading/trading-day.ts'
import { recordRealized } from './trading.ts'

/** Records the state of the account, read from the ledger at each scrape, so that totals are consistent in every scrape. */
export function recordPortfolio(
  metrics: BotMetrics,
  switches: Switches,
  { ledger, market, record }: Desk,
  now: () => number,
): { readonly step: () => void } {
  const dayNumber = createDayNumber(day)
  const start = ledger.equity()
  let [today, dayStart, peak, settled] = [dayNumber(now()), start, start, 0n]
  const gross = () => symbols.reduce((sum, symbol) => sum + absolute(ledger.notional(symbol)), 0n)
  const equity = () => usdtOf(ledger.equity())

  metrics.equity_usdt.collect(equity)
  metrics.cash_usdt.collect(() => usdtOf(ledger.cash()))
  metrics.drawdown_pct.collect(() => (usdtOf(peak - ledger.equity()) / usdtOf(peak)) * 100)
  metrics.today_pnl_usdt.collect(() => usdtOf(ledger.equity() - dayStart))
  metrics.open_positions.collect(() => symbols.filter((symbol) => ledger.position(symbol).size !== 0n).length)
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
    const wanted = switches.isOn('high-drawdown')
    if (wanted === settled > 0n) return
    const amount = wanted ? -(ledger.equity() * 15n) / 100n : settled
    settled = wanted ? -amount : 0n
    ledger.settle(amount)
    recordRealized(metrics, faultySymbol, amount)
  }
  return Object.freeze({
    step: () => {
      settle()
      const number = dayNumber(now())
      if (number !== today) [today, dayStart] = [number, ledger.equity()]
      if (ledger.equity() > peak) peak = ledger.equity()
    },
  })
}
