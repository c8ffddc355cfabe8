import { record, records } from '../language/index.ts'
import { metrics } from './series.ts'

/** What panels and rules ask for by name. */
export const recorded = records('mcbot', {
  realized_pnl_usdt: record({
    help: 'Realized PnL with its sign since the bot began: profit less loss, before fees.',
    of: metrics.realized_profit_usdt_total.total.minus(metrics.realized_loss_usdt_total.total),
  }),
})
