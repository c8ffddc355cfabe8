import { abs, increase, round, sum } from '../language/index.ts'
import { metrics } from './series.ts'

/** The net exposure of each coin, whichever direction, as a share of the capital of the bot. */
export const exposureShare = abs(metrics.net_exposure_usd)
  .on('bot', 'env', 'instance')
  .group_left()
  .div(sum(metrics.capital_usd).by('instance'))

/** Neither a spread that is smaller than its fees nor a halt is a reason to look at signals. */
const reasons = [
  'position_limit',
  'daily_loss',
  'balance',
  'inventory',
  'stale_quote',
  'order_limit',
  'implausible_spread',
  'transfers_closed',
] as const
const refused = sum(increase(metrics.signals_rejected_total.where({ reason: reasons }), '30m')).by('instance')
const executed = sum(increase(metrics.signals_executed_total, '30m')).by('instance')

/** Signals with enough edge, while trading was not halted. */
export const tradable = refused.plus(executed)
/** The share of them that was rejected. */
export const rejectedShare = refused.div(tradable)

/** Spreads above the sanity bound of the bot, to whole spreads. */
export const implausibleSpreads = round(
  increase(metrics.signals_rejected_total.where({ reason: 'implausible_spread' }), '15m'),
  1,
)
