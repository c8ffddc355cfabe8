import { deviation, flag, gauge, percent, ratio, score, usd } from '../../language/metrics.ts'
import { daysAgo, exchange, halt } from '../labels.ts'
import { neededByPanel, notInDocument } from '../metric-deviations.ts'

/** What the bot earns, with what, and when it stops. */
export const accountMetrics = {
  pnl_total_usd: gauge({
    help: 'PnL of all closed round trips and open positions since the account began, after fees.',
    unit: usd,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'pnl_total_usd is cumulative PnL, without a beginning',
      'Counted from the start of the process it would begin again with each restart: it counts from the beginning of the account.',
    ),
  }),
  pnl_daily_usd: gauge({
    help: 'PnL since the trading day began, after fees; a restart does not reset it.',
    unit: usd,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'pnl_daily_usd has no time zone, and nothing says what a restart does to it',
      'The day is the bot’s own, and begins at 00:00 UTC. A daily limit that a restart resets is none.',
    ),
  }),
  pnl_by_day_usd: gauge({
    help: 'PnL of each completed trading day, counted back from the current one.',
    unit: usd,
    labels: { days_ago: daysAgo },
    mayBeAbsent: { for: 'forever', because: 'a new account has no completed day' },
    deviates: neededByPanel(
      '일별 PnL 바 차트',
      'A gauge that is scraped every 5 seconds does not have its last value of a day at any known time; the bot knows when its day ends.',
    ),
  }),
  drawdown_pct: gauge({
    help: 'Fall of the capital from its peak in percent, as a positive number; deposits, withdrawals and restarts leave it as it is.',
    unit: percent,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'drawdown_pct exceeds 5 %, and its sign is not given',
      'It is positive, as its condition reads.',
    ),
  }),
  win_rate: gauge({
    help: 'Share of the last 100 round trips that ended with a profit; absent below 20 round trips.',
    unit: ratio,
    additive: false,
    mayBeAbsent: { for: 'forever', because: 'fewer than 20 round trips say nothing' },
    deviates: deviation(
      'win_rate is below 50 %, without a unit or a minimum number of trades',
      'It is a share from 0 to 1. The first trade of a bot is always at 0 % or 100 %: below 20 there is no win rate.',
    ),
  }),
  sharpe_ratio: gauge({
    help: 'Sharpe ratio of the last 30 trading days, annualized; absent with fewer than 10.',
    unit: score,
    additive: false,
    mayBeAbsent: { for: 'forever', because: 'fewer than 10 trading days say nothing' },
    deviates: neededByPanel('Sharpe Ratio 추이', 'It needs the return of each trading day, which only the bot has.'),
  }),
  capital_usd: gauge({
    help: 'Value of all assets and positions of the bot on the exchange at reference rates; what is under way to another exchange belongs to neither.',
    unit: usd,
    labels: { exchange },
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'capital by exchange',
      'Capital on the wrong exchange cannot trade, and all of it is lost with the exchange.',
    ),
  }),
  liquidation_distance: gauge({
    help: 'Move of prices against the positions on the exchange, as a share of them, that brings its margin down to the maintenance margin. Absent on exchanges without margin or position.',
    unit: ratio,
    labels: { exchange },
    additive: false,
    mayBeAbsent: { for: 'forever', because: 'an exchange without margin or position has none' },
    deviates: notInDocument(
      'liquidation',
      'What is gained on one exchange does not help the margin of another: a hedged position is liquidated on one side.',
    ),
  }),
  daily_loss_limit_usd: gauge({
    help: 'Loss of a trading day at which the bot stops opening round trips, as a positive amount.',
    unit: usd,
    additive: false,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'the rule compares with −500, and the bot has a limit of its own',
      'Two limits drift apart with the first change of either: the bot exposes the one that it acts on.',
    ),
  }),
  trading_halted: gauge({
    help: 'Whether the bot opens no new round trips for this reason; legs that are open are still closed.',
    unit: flag,
    labels: { reason: halt },
    additive: false,
    initially: 0,
    deviates: notInDocument(
      'halted trading',
      'A bot that has stopped itself looks like one that finds nothing to trade.',
    ),
  }),
}
