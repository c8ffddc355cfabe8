import type { events } from '../../../definitions/tradingbot/log-events.ts'
import type { botMetrics } from '../../../definitions/tradingbot/metrics.ts'
import { type Fault as AnyFault, namesOfFaults } from '../../paper/faults/fault.ts'
import type { Switches } from '../../paper/faults/switches.ts'

interface Fault extends AnyFault {
  /** The only metrics that it changes; empty if it affects the process or the endpoint instead. */
  readonly moves: readonly (keyof typeof botMetrics)[]
  /** The only events whose lines it adds, changes or leaves out. */
  readonly writes: readonly (keyof typeof events)[]
}

const fault = (
  says: string,
  trips: readonly string[],
  moves: Fault['moves'] = [],
  writes: Fault['writes'] = [],
): Fault => Object.freeze({ says, trips, moves, writes })

/** What somebody trades by hand, and what exceeds a limit of risk. */
export const faultySymbol = 'SOLUSDT'

/** What follows from the size of the account. */
const ofBalance: Fault['moves'] = ['balance_usdt', 'peak_balance', 'max_drawdown', 'daily_pnl', 'daily_pnl_pct']

/** What follows from positions other than the usual ones. */
const ofPositions: Fault['moves'] = [...ofBalance, 'unrealized_pnl', 'open_positions', 'exposure_usdt']

/** What follows from orders at other times than usual. */
const ofTrading: Fault['moves'] = [
  ...ofPositions,
  'orders_total',
  'orders_placed_total',
  'order_latency_ms',
  'slippage_bps',
  'signals_total',
  'last_order_timestamp',
  'usual_trade_gap_seconds',
  'api_calls_total',
]
const withOpenOrders: Fault['moves'] = [...ofTrading, 'open_orders']
const withFailures: Fault['moves'] = [...withOpenOrders, 'orders_failed_total']

const balanceLines: Fault['writes'] = ['balance_update', 'heartbeat', 'position_closed']
const tradingLines: Fault['writes'] = [
  ...balanceLines,
  'signal_generated',
  'order_placed',
  'order_filled',
  'position_opened',
]

const linesWithFailures: Fault['writes'] = [...tradingLines, 'order_failed']
const allLines: Fault['writes'] = [...linesWithFailures, 'api_error']

/** All faults. */
export const faults = Object.freeze({
  drawdown: fault(
    'The exchange settles a loss of 8 % of the wallet, and pays it back when the fault ends.',
    ['DrawdownExceeded', 'BalanceDrop'],
    ofBalance,
    balanceLines,
  ),
  'balance-drop': fault(
    'The exchange settles a loss of 4 % of the wallet, and pays it back when the fault ends.',
    ['BalanceDrop'],
    ofBalance,
    balanceLines,
  ),
  'state-lost': fault(
    'The bot forgets its peak, as in a restart without its state, until the fault ends.',
    ['PeakLost'],
    ['peak_balance', 'max_drawdown', 'peak_since_timestamp'],
  ),
  withdrawal: fault(
    'The owner withdraws a fifth of the wallet, and deposits it again when the fault ends.',
    [],
    [...ofBalance, 'deposits_usdt_total', 'withdrawals_usdt_total'],
    balanceLines,
  ),
  'api-errors': fault(
    'Every call that reads something fails with a server error, 12 a minute, and succeeds when it is made again.',
    ['ApiErrorSpike', 'ApiErrorBurst'],
    ['api_errors_total', 'api_calls_total'],
    ['api_error'],
  ),
  'slow-orders': fault(
    'The exchange fills every order after four seconds.',
    ['LatencySpike'],
    withOpenOrders,
    linesWithFailures,
  ),
  'very-slow-order': fault(
    'The exchange fills the next order after fifteen seconds, and only that one.',
    ['OrderVerySlow'],
    withOpenOrders,
    tradingLines,
  ),
  freeze: fault(
    'The main loop stops, and the process goes on answering scrapes.',
    ['HeartbeatMissed', 'HeartbeatLineMissing', 'BalanceStale', 'ReconciliationStale'],
    [...withFailures, 'balance_timestamp', 'reconciliation_timestamp', 'api_errors_total', 'heartbeat_age'],
    allLines,
  ),
  slippage: fault(
    'The quotes behind the expected price lag by 25 basis points, so every fill looks that much worse.',
    ['SlippageHigh'],
    ['slippage_bps'],
    ['order_filled'],
  ),
  'balance-stale': fault(
    'The exchange accepts the call for the account, and never answers it.',
    ['BalanceStale'],
    [...ofPositions, 'balance_timestamp', 'api_calls_total', 'api_errors_total'],
    ['balance_update', 'api_error'],
  ),
  books: fault(
    'Somebody buys 10 SOL by hand on the same account, and sells them when the fault ends.',
    ['BooksDiffer'],
    [...ofPositions, 'reconciliation_differences'],
    ['balance_update'],
  ),
  'orphan-order': fault(
    'Somebody leaves an order by hand on the same account, and cancels it when the fault ends.',
    ['BooksDiffer'],
    ['open_orders', 'reconciliation_differences'],
  ),
  'reconciliation-stale': fault(
    'The exchange accepts the call for open orders, and never answers it.',
    ['ReconciliationStale'],
    ['reconciliation_timestamp', 'api_calls_total'],
  ),
  'lost-order': fault(
    'The answer to the next order is lost, and the exchange does not say what became of it until the fault ends.',
    ['OrderUnresolved', 'OrderWithoutEnd'],
    [...ofTrading, 'orders_failed_total', 'unresolved_orders', 'oldest_unresolved_order_timestamp', 'api_errors_total'],
    allLines,
  ),
  'no-stop': fault(
    'The exchange cancels every stop order and takes no new one.',
    ['PositionWithoutStop'],
    ['positions_without_stop'],
  ),
  'no-orders': fault(
    'Strategies go on, and the bot sends no orders.',
    ['SignalsWithoutOrders', 'NoTrades'],
    withFailures,
    linesWithFailures,
  ),
  'no-signals': fault('Strategies find nothing to trade.', ['NoTrades'], withFailures, linesWithFailures),
  'failing-orders': fault(
    'The exchange refuses every order: the margin does not cover it.',
    ['OrdersFailing'],
    withFailures,
    linesWithFailures,
  ),
  ban: fault(
    'The exchange bans the bot, for two minutes from each call; it makes no other call meanwhile.',
    ['ExchangeBan', 'BalanceStale', 'ReconciliationStale'],
    [...withFailures, 'balance_timestamp', 'reconciliation_timestamp', 'api_errors_total', 'banned_until_timestamp'],
    allLines,
  ),
  'api-key': fault(
    'The exchange rejects the API key, which the bot tries again once a minute.',
    ['ApiKeyRejected', 'BalanceStale', 'ReconciliationStale'],
    [...withFailures, 'balance_timestamp', 'reconciliation_timestamp', 'api_errors_total', 'api_key_valid'],
    allLines,
  ),
  'risk-limit': fault(
    'The risk manager reports that the exposure is too high, at once and then every minute.',
    ['RiskLimitExceeded'],
    [],
    ['risk_alert'],
  ),
  'silent-log': fault('The bot trades on and writes no line.', ['HeartbeatLineMissing'], [], allLines),
  'restart-loop': fault(
    'The bot reports a new start every 20 seconds, as if a supervisor kept restarting it.',
    ['RestartLoop'],
    ['start_timestamp'],
  ),
  hang: fault(
    'The event loop is blocked for three minutes, or for the `seconds` in the request; then the fault ends on its own.',
    ['BotDown'],
  ),
  'metrics-endpoint': fault('The metrics endpoint answers 500 to every scrape.', ['BotDown']),
  crash: fault('The process exits at once with code 1.', ['BotDown']),
} satisfies Readonly<Record<string, Fault>>)

export type FaultName = keyof typeof faults
export type FaultSwitches = Switches<FaultName>

export const faultNames = namesOfFaults(faults)

/** The fault to try first: its message comes within a minute. */
export const firstFault: FaultName = 'drawdown'
