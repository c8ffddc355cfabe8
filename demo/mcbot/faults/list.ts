import type { botMetrics } from '../../../definitions/mcbot/metrics.ts'
import { type Fault as AnyFault, namesOfFaults } from '../../paper/faults/fault.ts'
import type { Switches } from '../../paper/faults/switches.ts'

interface Fault extends AnyFault {
  /** The only metrics that it changes; empty if it affects the process or the endpoint instead. */
  readonly moves: readonly (keyof typeof botMetrics)[]
}

const fault = (says: string, trips: readonly string[], moves: Fault['moves']): Fault =>
  Object.freeze({ says, trips, moves })

/** The symbol affected by faults of a single stream. */
export const faultySymbol = 'SOLUSDT'

/** What follows from the size of the account. */
const ofEquity: Fault['moves'] = [
  'equity_usdt',
  'wallet_balance_usdt',
  'cash_usdt',
  'margin_balance_usdt',
  'drawdown_pct',
  'today_pnl_usdt',
  'today_return_pct',
  'aggregate_leverage',
]

/** What a settled loss changes. */
const ofLoss: Fault['moves'] = [...ofEquity, 'realized_loss_usdt_total', 'realized_profit_usdt_total']

/** All faults. If one would harm the machine, only the metric is changed. */
export const faults = Object.freeze({
  'high-drawdown': fault(
    'The exchange settles a loss of 15 % of equity on SOLUSDT, and pays it back when the fault ends.',
    ['HighDrawdown', 'DailyLossCritical', 'DailyLossHigh'],
    ofLoss,
  ),
  'deep-drawdown': fault(
    'The exchange settles a loss of 40 % of equity on SOLUSDT, and pays it back when the fault ends.',
    ['DrawdownSevere', 'DrawdownCritical', 'HighDrawdown', 'DailyLossCritical', 'DailyLossHigh'],
    ofLoss,
  ),
  'state-lost': fault(
    'The exchange settles a loss of 8 % of equity on SOLUSDT while the bot restarts without its state: it measures by what is left, until the fault ends and the loss is paid back.',
    ['PeakLost', 'DrawdownUnderstated'],
    [...ofLoss, 'peak_since_timestamp', 'strategy_drawdown_pct'],
  ),
  withdrawal: fault(
    'The owner withdraws 20 % of the equity, and deposits it again when the fault ends.',
    [],
    [...ofEquity, 'withdrawals_usdt_total', 'deposits_usdt_total'],
  ),
  'high-leverage': fault(
    'Someone else opens positions worth six times the equity on the same account.',
    ['LeverageCritical', 'LeverageHigh'],
    ['aggregate_leverage'],
  ),
  'high-margin': fault(
    'The exchange requires 95 % of equity as margin.',
    ['MarginNearLimit'],
    ['margin_used_usdt', 'cash_usdt'],
  ),
  'high-maintenance': fault(
    'The exchange raises the maintenance margin of the account to 85 % of its equity.',
    ['MarginRatioCritical', 'MarginRatioHigh'],
    ['maintenance_margin_usdt'],
  ),
  'isolated-position': fault(
    'The position in SOLUSDT is isolated, at a leverage of 25.',
    ['LiquidationImminent', 'LiquidationCritical', 'LiquidationNear'],
    ['liquidation_distance_pct', 'margin_used_usdt', 'cash_usdt', 'margin_balance_usdt', 'maintenance_margin_usdt'],
  ),
  'high-slippage': fault(
    'The quotes behind the expected price lag by 30 basis points, so every fill looks that much worse.',
    ['HighSlippage', 'SlippageCostHigh'],
    ['slippage_bps', 'slippage_cost_usdt_total', 'slippage_gain_usdt_total'],
  ),
  'bad-fill': fault(
    'The next fill of SOLUSDT is 60 basis points worse than usual, and only that one.',
    ['FillSlippageHigh'],
    ['slippage_bps', 'slippage_cost_usdt_total', 'slippage_gain_usdt_total'],
  ),
  'order-rejections': fault(
    'A second strategy on the account sends orders that its margin does not cover, and the exchange rejects all of them.',
    ['OrderRejections', 'RejectionsInARow', 'RejectionsInARowCritical'],
    ['orders_total', 'order_rejected_total', 'consecutive_rejections'],
  ),
  'api-unhealthy': fault(
    'The exchange accepts every API call and answers none; fills still arrive on the account stream.',
    ['APIUnhealthy', 'APIHighFailureRate'],
    ['exchange_api_calls_total', 'exchange_consecutive_failures'],
  ),
  'api-intermittent': fault(
    'The exchange fails every third API call, and answers the others.',
    ['APIHighFailureRate'],
    ['exchange_api_calls_total', 'exchange_consecutive_failures'],
  ),
  'exchange-maintenance': fault(
    'The exchange closes every stream and fails every API call, and the bot reconnects every minute; the paper desk trades on.',
    [
      'ExchangeUnreachable',
      'APIUnhealthy',
      'APIHighFailureRate',
      'WSDisconnected',
      'WSNoMessages',
      'WSFrequentReconnects',
      'BarsStale',
      'ErrorBurst',
    ],
    [
      'exchange_api_calls_total',
      'exchange_consecutive_failures',
      'exchange_ws_connected',
      'ws_reconnects_total',
      'ws_messages_received_total',
      'ws_last_message_age_seconds',
      'last_bar_age_seconds',
      'bars_total',
      'errors_total',
    ],
  ),
  'rate-limit': fault(
    'Another program on the same IP address uses up the request weight.',
    ['RateLimitNear'],
    ['exchange_rate_limit_used'],
  ),
  'order-limit': fault(
    'A second program on the same account sends almost as many orders as the exchange allows.',
    ['OrderLimitNear'],
    ['exchange_orders_used'],
  ),
  'exchange-banned': fault(
    'The exchange refuses a call with 429, and bans the address that calls on (418), for two minutes and then twice as long each time; orders leave from another address.',
    ['RateLimitExceeded', 'ExchangeBanned'],
    [
      'exchange_api_calls_total',
      'exchange_api_latency_seconds',
      'exchange_rate_limit_used',
      'exchange_limit_responses_total',
      'exchange_banned_until_timestamp',
    ],
  ),
  'ws-disconnected': fault(
    'The SOLUSDT stream is down for maintenance: it delivers nothing, and the bot reconnects every 150 seconds.',
    ['WSDisconnected', 'WSNoMessages'],
    ['exchange_ws_connected', 'ws_reconnects_total', 'ws_messages_received_total', 'ws_last_message_age_seconds'],
  ),
  'ws-silent': fault(
    'The SOLUSDT stream stays connected but delivers nothing.',
    ['WSNoMessages'],
    ['ws_messages_received_total', 'ws_last_message_age_seconds'],
  ),
  'ws-frequent-reconnects': fault(
    'The SOLUSDT stream drops every 15 seconds and reconnects at once.',
    ['WSFrequentReconnects'],
    ['ws_reconnects_total'],
  ),
  'bars-stale': fault(
    'No more bars arrive for SOLUSDT, although its stream is alive.',
    ['BarsStale'],
    ['last_bar_age_seconds', 'bars_total'],
  ),
  'events-dropped': fault(
    'Every step publishes a burst of ticks larger than the event bus queue.',
    ['EventsDropped'],
    ['eventbus_events_dropped_total'],
  ),
  'queue-congestion': fault(
    'A slow handler leaves 7,000 ticks queued in the event bus, with all other events waiting behind them.',
    ['QueueCongestion'],
    ['eventbus_queue_depth', 'risk_alerts_total'],
  ),
  'error-burst': fault(
    'The risk manager throws an exception on every tick.',
    ['ErrorBurst', 'HandlersFailing'],
    ['errors_total', 'eventbus_handler_errors_total'],
  ),
  'circuit-breaker': fault(
    'The circuit breaker trips, and is reset when the fault ends; the paper positions stay open.',
    ['CircuitBreakerTripped'],
    ['circuit_breaker_open', 'circuit_breaker_total'],
  ),
  'circuit-breaker-reset': fault(
    'The circuit breaker trips once, and is reset at the same moment.',
    ['CircuitBreakerTrippedBriefly'],
    ['circuit_breaker_total'],
  ),
  'risk-critical': fault(
    'The risk manager raises a critical alert immediately and then every minute.',
    ['RiskCritical'],
    ['risk_alerts_total'],
  ),
  'heartbeat-stop': fault(
    'The main loop stops reporting heartbeats while the process keeps running.',
    ['HeartbeatStale'],
    ['heartbeat_timestamp'],
  ),
  'restart-loop': fault(
    'The bot reports a new start every 20 seconds, as if a supervisor kept restarting it.',
    ['RestartLoop'],
    ['start_timestamp'],
  ),
  'trading-mode': fault(
    'The bot reports live trading although its environment is paper.',
    ['TradingModeMismatch'],
    ['trading_mode', 'info'],
  ),
  'distribution-drift': fault(
    'The drift detector receives recent returns that are three standard deviations lower.',
    ['DistributionDriftCritical', 'DistributionDrift'],
    ['distribution_p_value'],
  ),
  'structural-decay': fault(
    'The decay detector receives a cumulative return that falls, and falls faster at the end.',
    ['StructuralDecay', 'StructuralDecayWarning'],
    ['ransac_decay_detected', 'ransac_decay_severity', 'ransac_slope'],
  ),
  'decay-warning': fault(
    'The decay detector receives a cumulative return that falls, but recovers a little at the end.',
    ['StructuralDecayWarning'],
    ['ransac_decay_severity', 'ransac_slope'],
  ),
  'gbm-warning': fault(
    'The drawdown monitor receives a short drawdown deeper than its model allows.',
    ['GBMDrawdownWarning'],
    ['gbm_drawdown_severity'],
  ),
  'gbm-critical': fault(
    'The drawdown monitor receives nothing but losses.',
    ['GBMDrawdownCritical', 'GBMDrawdownWarning'],
    ['gbm_drawdown_severity'],
  ),
  'onchain-failures': fault(
    'Every on-chain fetch fails.',
    ['OnchainFetchHighFailureRate'],
    ['onchain_fetch_total', 'onchain_fetch_rows', 'onchain_last_success_timestamp'],
  ),
  'onchain-stale': fault(
    'On-chain sources deliver data that is three days old.',
    ['OnchainDataStale'],
    ['onchain_last_success_timestamp'],
  ),
  'onchain-cache-empty': fault(
    'The live on-chain column cache is emptied and stays empty.',
    ['OnchainCacheEmpty'],
    ['onchain_cache_size'],
  ),
  'onchain-slow': fault(
    'Every on-chain fetch takes 80 seconds longer.',
    ['OnchainFetchSlow'],
    ['onchain_fetch_latency_seconds'],
  ),
  memory: fault(
    'The process reports 3 GiB more memory than it uses.',
    ['HighMemoryUsage'],
    ['process_memory_rss_bytes'],
  ),
  'open-files': fault(
    'The process reports 1,100 more open file descriptors than it has, and a limit of 1,024.',
    ['HighFDCount', 'FDLimitNear'],
    ['process_open_fds', 'process_max_fds'],
  ),
  'event-loop-lag': fault('The event loop is blocked for 1.5 seconds every 5 seconds.', ['HighEventLoopLag'], []),
  hang: fault(
    'The event loop is blocked for three minutes, or for the `seconds` in the request; then the fault ends on its own.',
    ['BotDown', 'BotScrapeFailing'],
    [],
  ),
  'metrics-endpoint': fault('The metrics endpoint answers 500 to every scrape.', ['BotDown', 'BotScrapeFailing'], []),
  crash: fault('The process exits at once with code 1.', ['BotDown', 'BotScrapeFailing'], []),
} satisfies Readonly<Record<string, Fault>>)

export type FaultName = keyof typeof faults
export type FaultSwitches = Switches<FaultName>

export const faultNames = namesOfFaults(faults)

/** The fault to try first: its message comes within a minute. */
export const firstFault: FaultName = 'circuit-breaker'
