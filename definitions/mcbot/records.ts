import { increase, max_over_time, record, records } from '../language/index.ts'
import { metrics } from './series.ts'

/** Recorded series that panels and rules query by name. */
export const recordingRules = records('mcbot', {
  realized_pnl_usdt: record({
    help: 'Signed realized PnL since the bot started: profit minus loss, before fees and funding.',
    of: metrics.realized_profit_usdt_total.total.minus(metrics.realized_loss_usdt_total.total),
  }),
  // 30 days of samples, read once per evaluation
  equity_max_30d_usdt: record({
    help: 'Highest equity of the last 30 days.',
    of: max_over_time(metrics.equity_usdt.over('30d')),
  }),
  withdrawals_30d_usdt: record({
    help: 'Withdrawals of the last 30 days, across restarts of the bot.',
    of: increase(metrics.withdrawals_usdt_total, '30d'),
  }),
})
