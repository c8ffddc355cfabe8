import { record, records } from '../language/index.ts'
import { metrics } from './series.ts'

/** Recorded series that panels and rules query by name. */
export const recordingRules = records('mcbot', {
  realized_pnl_usdt: record({
    help: 'Signed realized PnL since the bot started: profit minus loss, before fees.',
    of: metrics.realized_profit_usdt_total.total.minus(metrics.realized_loss_usdt_total.total),
  }),
})
