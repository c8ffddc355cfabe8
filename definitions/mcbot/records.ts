import { bannedUntil } from '../exchange/ban.ts'
import { increase, max_over_time, min_over_time, record, records } from '../language/index.ts'
import { metrics } from './series.ts'

/** Recorded series that panels and rules query by name. */
export const recordingRules = records('mcbot', {
  realized_pnl_usdt: record({
    help: 'Signed realized PnL since the bot started: profit minus loss, before fees and funding.',
    of: metrics.realized_profit_usdt_total.total.minus(metrics.realized_loss_usdt_total.total),
  }),
  exchange_banned_until_timestamp: record({
    help: 'Unix time until which the exchange bans the bot, also if a restart has made it forget the ban.',
    of: bannedUntil(metrics.exchange_banned_until_timestamp),
  }),
  // what reads 30 days of samples is recorded every two minutes, at a twelfth of the cost
  equity_max_30d_usdt: record({
    help: 'Highest equity of the last 30 days.',
    of: max_over_time(metrics.equity_usdt.over('30d')),
    every: '2m',
  }),
  withdrawals_30d_usdt: record({
    help: 'Withdrawals of the last 30 days, across restarts of the bot.',
    of: increase(metrics.withdrawals_usdt_total, '30d'),
    every: '2m',
  }),
  peak_since_min_30d_timestamp: record({
    help: 'Since when the peak of the equity had been kept at any time in the last 30 days.',
    of: min_over_time(metrics.peak_since_timestamp.over('30d')),
    every: '2m',
  }),
})
