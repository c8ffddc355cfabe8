import type { events } from '../../../definitions/arbot/log-events.ts'
import type { botMetrics } from '../../../definitions/arbot/metrics.ts'
import type { Fault } from '../../paper/faults/fault.ts'

/** A fault of ArBot, and all that it changes. */
export interface BotFault extends Fault {
  /** The only metrics that it changes; empty if it affects the process or the endpoint instead. */
  readonly moves: readonly (keyof typeof botMetrics)[]
  /** The only events whose lines it adds, changes or leaves out. */
  readonly writes: readonly (keyof typeof events)[]
}

export const fault = (
  says: string,
  trips: readonly string[],
  moves: BotFault['moves'] = [],
  writes: BotFault['writes'] = [],
): BotFault => Object.freeze({ says, trips, moves, writes })

/** What follows from fills at other prices or times than usual. */
export const ofFills: BotFault['moves'] = [
  'capital_usd',
  'drawdown_pct',
  'edge_shortfall_bps',
  'fees_usd_total',
  'pnl_daily_usd',
  'pnl_total_usd',
  'round_trips_total',
  'win_rate',
]

/** What follows from signals that are executed at other times, or not at all. */
export const ofTrading: BotFault['moves'] = [
  ...ofFills,
  'exchange_latency_ms',
  'gross_exposure_usd',
  'inventory_imbalance',
  'order_execution_latency_ms',
  'order_limit_used',
  'signals_executed_total',
  'signals_rejected_total',
]
export const fillLines: BotFault['writes'] = [
  'balance_update',
  'heartbeat',
  'leg_filled',
  'leg_sent',
  'round_trip_closed',
]
