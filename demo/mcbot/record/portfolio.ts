import type { BotMetrics } from '../metrics.ts'
import { strategies, symbols } from '../setting.ts'
import { coinsOf, usdtOf } from '../trading/amount.ts'
import type { Desk } from '../trading/desk.ts'

/** Records what the account holds, its market and its strategies except their drawdown, read from the ledger at each scrape. */
export function recordPortfolio(metrics: BotMetrics, { ledger, market, openOrders, record }: Desk): void {
  const openPositions = () => symbols.filter((symbol) => ledger.position(symbol).size !== 0n).length
  metrics.open_positions.collect(openPositions)
  // the desk closes positions by itself and places no stops
  metrics.positions_without_stop.collect(openPositions)
  metrics.open_orders.collect(openOrders)
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
    metrics.strategy_win_rate.bind({ strategy }).collect(() => record(strategy).winRate())
    metrics.strategy_sharpe_rolling.bind({ strategy }).collect(() => record(strategy).sharpe())
  }
}
