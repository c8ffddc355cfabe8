import { coins, counter, deviation, gauge, percent, score, usdt } from '../../language/metrics.ts'
import { symbol } from '../labels.ts'

const signedPnl = deviation(
  'mcbot_realized_pnl_usdt_total is one counter of realized PnL',
  'PnL has a sign and a counter may not go down: profit and loss are two counters, and their difference is recorded as mcbot:realized_pnl_usdt.',
)

/** Where it is removed, what else is said of the position goes with it. */
const position_size = gauge({
  help: 'Amount of the coin held; negative for a short position.',
  unit: coins,
  labels: { symbol },
  additive: false,
})

/** Layer 2: what the portfolio holds and what it is worth; cash and all position notionals are the equity. */
export const position = {
  equity_usdt: gauge({
    help: 'Value of the portfolio: cash and every position at its mark price.',
    unit: usdt,
    mustBeSetWithin: '5m',
  }),
  drawdown_pct: gauge({
    help: 'Fall of the equity from its highest value in percent, as a positive number.',
    unit: percent,
    additive: false,
  }),
  cash_usdt: gauge({
    help: 'Cash in the account; below zero where positions stand on borrowed money.',
    unit: usdt,
    mustBeSetWithin: '5m',
  }),
  open_positions: gauge({ help: 'Symbols with a position other than zero.' }),
  position_size,
  position_notional_usdt: gauge({
    help: 'Position at its mark price; negative for a short position.',
    unit: usdt,
    labels: { symbol },
    endsWith: position_size,
  }),
  unrealized_pnl_usdt: gauge({
    help: 'Profit or loss of the open position at its mark price, before fees.',
    unit: usdt,
    labels: { symbol },
    endsWith: position_size,
  }),
  realized_profit_usdt_total: counter({
    help: 'Profit of closed positions before fees, counted fill by fill.',
    unit: usdt,
    labels: { symbol },
    deviates: signedPnl,
  }),
  realized_loss_usdt_total: counter({
    help: 'Loss of closed positions before fees as a positive amount, counted fill by fill.',
    unit: usdt,
    labels: { symbol },
    deviates: signedPnl,
  }),
  aggregate_leverage: gauge({
    help: 'All positions of the account at their mark price, regardless of side, over its equity.',
    unit: score,
    additive: false,
  }),
  margin_used_usdt: gauge({ help: 'Margin that the exchange holds for the positions of the account.', unit: usdt }),
  today_pnl_usdt: gauge({
    help: 'Change of the equity since the trading day began.',
    unit: usdt,
    deviates: deviation(
      'the dashboard Trading Overview has a panel Today PnL and no metric for it',
      'PnL since the start of a day cannot be had from a range that moves; the bot knows when its day begins.',
    ),
  }),
}
