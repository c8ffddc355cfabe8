import { namesOfFaults } from '../../paper/faults/fault.ts'
import type { Switches } from '../../paper/faults/switches.ts'
import { type BotFault, fault, fillLines, ofFills, ofTrading } from './effects.ts'
import { exchangeFaults } from './exchanges.ts'

/** All faults. */
export const faults = Object.freeze({
  drawdown: fault(
    'Binance settles a loss of 20,000 USD, and pays it back when the fault ends.',
    ['DrawdownExceeded', 'DailyLossLimitReached', 'TradingHalted'],
    [...ofTrading, 'liquidation_distance', 'trading_halted'],
    [...fillLines, 'signal_rejected'],
  ),
  'daily-loss': fault(
    'Binance settles a loss of 800 USD, and pays it back when the fault ends.',
    ['DailyLossLimitReached'],
    [...ofTrading, 'liquidation_distance', 'trading_halted'],
    [...fillLines, 'signal_rejected'],
  ),
  'manual-halt': fault(
    'Somebody halts the bot by hand.',
    ['TradingHalted'],
    [...ofTrading, 'liquidation_distance', 'trading_halted'],
    [...fillLines, 'signal_rejected'],
  ),
  'failing-orders': fault(
    'OKX refuses every order: the balance does not cover it.',
    ['OrdersFailInARow', 'CircuitBreakerActive', 'LegUnhedged'],
    [
      ...ofTrading,
      'circuit_breaker_active',
      'consecutive_order_failures',
      'liquidation_distance',
      'net_exposure_usd',
      'oldest_unhedged_leg_timestamp',
      'order_failures_total',
      'trading_halted',
      'unhedged_legs',
      'unhedged_value_usd',
    ],
    [...fillLines, 'circuit_breaker_opened', 'leg_failed', 'leg_unhedged', 'signal_rejected'],
  ),
  slippage: fault(
    'Every fill is 20 basis points worse than the order book.',
    ['EdgeNotRealized', 'WinRateLow', 'DailyLossLimitReached'],
    [...ofFills, 'liquidation_distance'],
    [...fillLines],
  ),
  'slow-orders': fault(
    'OKX fills every order after three seconds.',
    ['OrderExecutionSlow'],
    [
      ...ofFills,
      'exchange_latency_ms',
      'gross_exposure_usd',
      'inventory_imbalance',
      'net_exposure_usd',
      'oldest_unhedged_leg_timestamp',
      'open_legs',
      'order_execution_latency_ms',
      'order_limit_used',
      'unhedged_legs',
      'unhedged_value_usd',
    ],
    [...fillLines],
  ),
  'slow-calls': fault(
    'Upbit answers every call that reads something after a second and a half.',
    ['ExchangeLatencyHigh'],
    ['exchange_latency_ms'],
    [],
  ),
  'slow-ticks': fault(
    'The bot takes 180 ms longer for each tick of okx.',
    ['TickProcessingSlow'],
    ['tick_processing_latency_ms'],
    [],
  ),
  exposure: fault(
    'Binance closes the whole short position in ETH by auto-deleveraging, and it is opened again when the fault ends.',
    ['NetExposureHigh', 'NetExposureCritical'],
    [
      'capital_usd',
      'drawdown_pct',
      'gross_exposure_usd',
      'liquidation_distance',
      'net_exposure_usd',
      'pnl_daily_usd',
      'pnl_total_usd',
    ],
    ['balance_update', 'heartbeat'],
  ),
  books: fault(
    'Somebody buys 400 XRP by hand on okx, and sells them when the fault ends.',
    ['BooksDiffer'],
    ['reconciliation_differences'],
    [],
  ),
  'orphan-order': fault(
    'Somebody leaves an order by hand on okx, and cancels it when the fault ends.',
    ['BooksDiffer'],
    ['reconciliation_differences'],
    [],
  ),
  'reconciliation-stale': fault(
    'OKX accepts the call for open orders, and never answers it.',
    ['ReconciliationStale'],
    ['exchange_latency_ms', 'reconciliation_timestamp'],
    [],
  ),
  liquidation: fault(
    'Binance raises its maintenance margin until prices may move by no more than 3 %.',
    ['LiquidationImminent', 'LiquidationNear'],
    ['liquidation_distance'],
    [],
  ),
  bait: fault(
    'XRP seems 12 % dearer on upbit.',
    ['ImplausibleSpreads'],
    [...ofTrading, 'liquidation_distance', 'signal_spread_pct', 'signals_detected_total'],
    [...fillLines, 'signal_detected', 'signal_rejected'],
  ),
  'one-sided': fault(
    'The bot moves all its XRP from upbit to okx, and back when the fault ends.',
    ['InventoryOneSided'],
    [...ofTrading],
    [...fillLines, 'signal_rejected'],
  ),
  'position-limit': fault(
    'Somebody sets the position limit of the bot to zero.',
    ['SignalsRejected'],
    [...ofTrading, 'liquidation_distance'],
    [...fillLines, 'signal_rejected'],
  ),
  ...exchangeFaults,
  'restart-loop': fault(
    'The bot reports a new start every 20 seconds, as if a supervisor kept restarting it.',
    ['RestartLoop'],
    ['start_timestamp'],
    [],
  ),
  freeze: fault(
    'The main loop stops, and the process goes on answering scrapes.',
    ['HeartbeatMissed', 'HeartbeatLineMissing'],
    [
      ...ofTrading,
      'clock_offset_ms',
      'heartbeat_age',
      'liquidation_distance',
      'quote_age_ms',
      'reconciliation_timestamp',
      'reference_rate',
      'reference_rate_deviation',
      'reference_rate_timestamp',
      'signal_spread_pct',
      'signals_detected_total',
      'tick_processing_latency_ms',
      'websocket_messages_total',
    ],
    [...fillLines, 'signal_detected'],
  ),
  'silent-log': fault(
    'The bot trades on and writes no line.',
    ['HeartbeatLineMissing'],
    [],
    ['balance_update', 'heartbeat', 'leg_filled', 'leg_sent', 'round_trip_closed', 'signal_detected'],
  ),
  hang: fault(
    'The event loop is blocked for three minutes, or for the `seconds` in the request; then the fault ends on its own.',
    ['BotDown'],
    [],
    [],
  ),
  'metrics-endpoint': fault('The metrics endpoint answers 500 to every scrape.', ['BotDown'], [], []),
  crash: fault('The process exits at once with code 1.', ['BotDown'], [], /*W crash*/ []),
} satisfies Readonly<Record<string, BotFault>>)

export type FaultName = keyof typeof faults
export type FaultSwitches = Switches<FaultName>

export const faultNames = namesOfFaults(faults)

/** The fault to try first: its message comes within a minute. */
export const firstFault: FaultName = 'disconnected'
