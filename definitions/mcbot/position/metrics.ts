import { coins, counter, deviation, gauge, percent, score, usdt } from '../../language/metrics.ts'
import { symbol } from '../labels.ts'

const signedPnl = deviation(
  'mcbot_realized_pnl_usdt_total is one counter of realized PnL',
  'PnL can be negative, and a counter must not go down: profit and loss are two counters, and their difference is recorded as mcbot:realized_pnl_usdt.',
)

/** When its series is removed, the other series of the position are removed with it. */
const position_size = gauge({
  help: 'Position size in coins; negative for a short position.',
  unit: coins,
  labels: { symbol },
  additive: false,
})

/** Layer 2: what the portfolio holds and what it is worth; equity is cash plus all position notionals. */
export const positionMetrics = {
  equity_usdt: gauge({
    help: 'Portfolio value: cash plus all positions at mark price.',
    unit: usdt,
    mustBeSetWithin: '5m',
  }),
  drawdown_pct: gauge({
    help: 'Drawdown of the equity from its peak in percent, as a positive number.',
    unit: percent,
    additive: false,
    mustBeSetWithin: '5m',
  }),
  cash_usdt: gauge({
    help: 'Cash in the account; negative if positions are funded with borrowed money.',
    unit: usdt,
    mustBeSetWithin: '5m',
  }),
  open_positions: gauge({ help: 'Symbols with a nonzero position.' }),
  positions_without_stop: gauge({
    help: 'Open positions without a stop order at the exchange.',
    deviates: deviation(
      'no metric for stops',
      'If the bot goes down, only the stops at the exchange protect its positions: BotDown says how many have none.',
    ),
  }),
  position_size,
  position_notional_usdt: gauge({
    help: 'Position value at mark price; negative for a short position.',
    unit: usdt,
    labels: { symbol },
    endsWith: position_size,
  }),
  unrealized_pnl_usdt: gauge({
    help: 'Unrealized PnL of the open position at mark price, before fees.',
    unit: usdt,
    labels: { symbol },
    endsWith: position_size,
  }),
  realized_profit_usdt_total: counter({
    help: 'Realized profit before fees, counted at each closing fill.',
    unit: usdt,
    labels: { symbol },
    deviates: signedPnl,
  }),
  realized_loss_usdt_total: counter({
    help: 'Realized loss before fees as a positive amount, counted at each closing fill.',
    unit: usdt,
    labels: { symbol },
    deviates: signedPnl,
  }),
  aggregate_leverage: gauge({
    help: 'Gross value of all positions of the account at mark price, divided by its equity.',
    unit: score,
    additive: false,
    mustBeSetWithin: '5m',
  }),
  margin_used_usdt: gauge({
    help: 'Margin that the exchange holds for the positions of the account.',
    unit: usdt,
    mustBeSetWithin: '5m',
  }),
  today_pnl_usdt: gauge({
    help: 'Change in equity since the trading day began.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'the dashboard Trading Overview has a panel Today PnL but no metric for it',
      'PnL since the start of the day cannot be computed over a sliding range; the bot knows when its day begins.',
    ),
  }),
}
