import { coins, counter, deviation, gauge, percent, score, timestamp, usdt } from '../../language/metrics.ts'
import { symbol } from '../labels.ts'

const identity = deviation(
  'mcbot_equity_usdt is the total value of the portfolio, and only fees and realized PnL say how it came about',
  'The account of a perpetual contract is its wallet balance plus unrealized PnL: transfers, realized PnL, fees and funding add up to the wallet balance, so that each change of the equity can be explained.',
)
const transfers = deviation(
  'no metric for deposits and withdrawals',
  'A withdrawal looks like a loss, and a deposit hides one: both are counted, and neither changes the drawdown or today’s PnL.',
)
const liquidation = deviation(
  'mcbot_margin_used_usdt is the only figure about margin',
  'What the exchange holds does not tell how close liquidation is: 80 % used is far from it at low leverage and next to it at high leverage.',
)

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

/**
 * Layer 2: the account, what it holds and what it is worth. Equity is the wallet balance plus unrealized PnL; the wallet balance is
 * what the bot started with, plus deposits, realized profit, rebates and funding received, less withdrawals, realized loss, fees
 * and funding paid.
 */
export const positionMetrics = {
  equity_usdt: gauge({
    help: 'Portfolio value: wallet balance plus unrealized PnL of all positions at mark price.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: identity,
  }),
  wallet_balance_usdt: gauge({
    help: 'Wallet balance of the account: transfers, realized PnL, fees and funding, without unrealized PnL.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: identity,
  }),
  drawdown_pct: gauge({
    help: 'Drawdown of the equity from its peak in percent, as a positive number; deposits and withdrawals leave it as it is.',
    unit: percent,
    additive: false,
    mustBeSetWithin: '5m',
  }),
  peak_since_timestamp: gauge({
    help: 'Unix time since which the bot has kept the peak of its equity: a bot that loses its state begins a new one.',
    unit: timestamp,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'no metric tells a new peak from a lost one',
      'A bot that forgets its peak when it restarts reports a drawdown of 0 %, as after a win.',
    ),
  }),
  cash_usdt: gauge({
    help: 'Available cash: what is left of the equity for new positions and withdrawals, after the margin used.',
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
    help: 'Unrealized PnL of the open position at mark price, before fees and funding.',
    unit: usdt,
    labels: { symbol },
    endsWith: position_size,
  }),
  liquidation_distance_pct: gauge({
    help: 'Move of the mark price against the position that would liquidate it, in percent of the mark price, at most 100. Absent without a position.',
    unit: percent,
    labels: { symbol },
    additive: false,
    endsWith: position_size,
    mayBeAbsent: { for: 'forever', because: 'a symbol without a position has none' },
    deviates: liquidation,
  }),
  realized_profit_usdt_total: counter({
    help: 'Realized profit before fees and funding, counted at each closing fill.',
    unit: usdt,
    labels: { symbol },
    deviates: signedPnl,
  }),
  realized_loss_usdt_total: counter({
    help: 'Realized loss before fees and funding as a positive amount, counted at each closing fill.',
    unit: usdt,
    labels: { symbol },
    deviates: signedPnl,
  }),
  funding_received_usdt_total: counter({
    help: 'Funding payments received.',
    unit: usdt,
    labels: { symbol },
    deviates: identity,
  }),
  funding_paid_usdt_total: counter({
    help: 'Funding payments paid.',
    unit: usdt,
    labels: { symbol },
    deviates: identity,
  }),
  deposits_usdt_total: counter({
    help: 'Deposits into the account since the bot started, including those made while it was down.',
    unit: usdt,
    deviates: transfers,
  }),
  withdrawals_usdt_total: counter({
    help: 'Withdrawals from the account as a positive amount, since the bot started, including those made while it was down.',
    unit: usdt,
    deviates: transfers,
  }),
  aggregate_leverage: gauge({
    help: 'Gross value of all positions of the account at mark price, divided by its equity.',
    unit: score,
    additive: false,
    mustBeSetWithin: '5m',
  }),
  margin_used_usdt: gauge({
    help: 'Margin that the exchange holds for the positions of the account: the initial margin of cross positions, and all margin of isolated ones.',
    unit: usdt,
    mustBeSetWithin: '5m',
  }),
  margin_balance_usdt: gauge({
    help: 'What covers the cross positions: their share of the equity, without the margin of isolated positions.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: liquidation,
  }),
  maintenance_margin_usdt: gauge({
    help: 'Maintenance margin of all cross positions: the exchange liquidates them once the margin balance is down to it.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: liquidation,
  }),
  today_return_pct: gauge({
    help: 'Change in equity since the trading day began in percent, negative for a loss; deposits and withdrawals leave it as it is.',
    unit: percent,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'the dashboard Trading Overview has a panel Today PnL but no metric for it',
      'A limit of the daily loss needs it as a share of what the day began with, and only the bot can tell a loss before a withdrawal from one after it.',
    ),
  }),
  today_pnl_usdt: gauge({
    help: 'Change in equity since the trading day began, without deposits and withdrawals.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'the dashboard Trading Overview has a panel Today PnL but no metric for it',
      'PnL since the start of the day cannot be computed over a sliding range; the bot knows when its day begins.',
    ),
  }),
}
