import { counter, deviation, gauge, percent, ratio, timestamp, usdt } from '../../language/metrics.ts'
import { difference } from '../labels.ts'
import { behindPrefix, notInDocument } from '../metric-deviations.ts'

const unset = (name: string) =>
  deviation(
    `${name} is read by the dashboard, and nothing sets it`,
    'The bot sets it with every balance that it reads; transfers leave it as it is.',
  )
const transfers = notInDocument(
  'deposits and withdrawals',
  'A withdrawal looks like a loss, and a deposit hides one: both are counted, and neither changes drawdown or daily PnL.',
)
const books = notInDocument(
  'what the exchange has',
  'The bot trusts its own books: one missed fill, and it protects and closes a position that does not exist.',
)

/** The account: what it is worth, what it holds, and whether the books agree with the exchange. */
export const accountMetrics = {
  balance_usdt: gauge({
    help: 'Account balance: wallet balance plus unrealized PnL of all positions at mark price.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'balance_usdt and unrealized_pnl are set side by side, and nothing says whether one contains the other',
      'A balance without unrealized PnL does not see an open position lose money: the balance contains it.',
    ),
  }),
  peak_balance: gauge({
    help: 'Highest balance so far, adjusted for deposits and withdrawals.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'peak_balance is read by the rule for drawdown, and nothing sets it',
      'A missing peak equals the balance, so the drawdown is 0 forever: the bot keeps the peak, also across restarts.',
    ),
  }),
  peak_since_timestamp: gauge({
    help: 'Unix time since which the bot has kept the peak of its balance: a bot that loses its state begins a new one.',
    unit: timestamp,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'the age of the peak',
      'A bot that forgets its peak when it restarts reports a drawdown of 0 %, as after a win.',
    ),
  }),
  max_drawdown: gauge({
    help: 'Fall of the balance from its peak as a share of it; 0 or negative.',
    unit: ratio,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'max_drawdown is in the checklist, and nothing produces it',
      'It has the sign and the formula of the rule, (balance − peak) / peak: the fall from the peak now, not the deepest so far, which would never recover.',
    ),
  }),
  unrealized_pnl: gauge({
    help: 'Unrealized PnL of all open positions at mark price.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: behindPrefix('unrealized_pnl'),
  }),
  daily_pnl: gauge({
    help: 'Change in balance since the trading day began, without deposits and withdrawals.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: unset('daily_pnl'),
  }),
  daily_pnl_pct: gauge({
    help: 'Change in balance since the trading day began in percent, negative for a loss; deposits and withdrawals leave it as it is.',
    unit: percent,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: unset('daily_pnl_pct'),
  }),
  balance_timestamp: gauge({
    help: 'Unix time at which the balance was last read from the exchange.',
    unit: timestamp,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: notInDocument('the age of the balance', 'A stale balance looks like a quiet account.'),
  }),
  open_positions: gauge({
    help: 'Symbols with a nonzero position.',
    mustBeSetWithin: '5m',
    deviates: behindPrefix('open_positions'),
  }),
  exposure_usdt: gauge({
    help: 'Gross value of all positions at mark price.',
    unit: usdt,
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'the value of positions',
      'Three positions can be worth ten USDT or ten thousand: the message that the bot is down says it.',
    ),
  }),
  positions_without_stop: gauge({
    help: 'Open positions without a stop order at the exchange, at the last reconciliation.',
    mustBeSetWithin: '5m',
    deviates: notInDocument('stops', 'If the bot goes down, only the stops at the exchange protect its positions.'),
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
  reconciliation_differences: gauge({
    help: 'Differences between the books of the bot and the exchange at the last reconciliation.',
    labels: { difference },
    mustBeSetWithin: '10m',
    deviates: books,
  }),
  reconciliation_timestamp: gauge({
    help: 'Unix time of the last complete reconciliation of the books with the exchange.',
    unit: timestamp,
    additive: false,
    mustBeSetWithin: '10m',
    deviates: books,
  }),
}
