import type { declared } from '../../../definitions/mcbot/metrics.ts'

/** Something that can go wrong on demand. */
interface Fault {
  readonly says: string
  /** The alerts that it is meant to trip. */
  readonly trips: readonly string[]
  /** The only metrics that it touches; empty where it touches the process or the endpoint instead. */
  readonly moves: readonly (keyof typeof declared)[]
}

const fault = (says: string, trips: readonly string[], moves: Fault['moves']): Fault =>
  Object.freeze({ says, trips, moves })

/** The symbol that faults of a single stream befall. */
export const faultySymbol = 'SOLUSDT'

/** Every fault there is. Where one would hurt the machine, only the figure is moved. */
export const faults = Object.freeze({
  'high-drawdown': fault(
    'The exchange settles a loss of 15 % of the equity against SOLUSDT, and pays it back when the fault ends.',
    ['HighDrawdown'],
    [
      'cash_usdt',
      'equity_usdt',
      'drawdown_pct',
      'today_pnl_usdt',
      'realized_loss_usdt_total',
      'realized_profit_usdt_total',
      'aggregate_leverage',
    ],
  ),
  'high-leverage': fault(
    'Somebody else opens positions of six times the equity on the same account.',
    ['LeverageHigh'],
    ['aggregate_leverage'],
  ),
  'high-margin': fault(
    'The exchange asks for 95 % of the equity as margin.',
    ['MarginNearLimit'],
    ['margin_used_usdt'],
  ),
  'high-slippage': fault(
    'The quotes from which the bot expects a price lag by 40 basis points, so that every fill looks that much worse.',
    ['HighSlippage'],
    ['slippage_bps'],
  ),
  'order-rejections': fault(
    'A second strategy of the house sends orders below the smallest size, and the exchange rejects all of them.',
    ['OrderRejections'],
    ['orders_total', 'order_rejected_total'],
  ),
  'api-unhealthy': fault(
    'The exchange takes every call and answers none; fills still arrive on the stream of the account.',
    ['APIUnhealthy'],
    ['exchange_api_calls_total', 'exchange_consecutive_failures'],
  ),
  'rate-limit': fault(
    'Another program uses up the request weight of the same address.',
    ['RateLimitNear'],
    ['exchange_rate_limit_used'],
  ),
  'ws-disconnected': fault(
    'The stream of SOLUSDT is down for maintenance: it carries nothing, and the bot tries again every 150 seconds.',
    ['WSDisconnected', 'WSNoMessages'],
    ['exchange_ws_connected', 'ws_reconnects_total', 'ws_messages_received_total', 'ws_last_message_age_seconds'],
  ),
  'ws-silent': fault(
    'The stream of SOLUSDT stays connected and carries nothing.',
    ['WSNoMessages'],
    ['ws_messages_received_total', 'ws_last_message_age_seconds'],
  ),
  'ws-frequent-reconnects': fault(
    'The stream of SOLUSDT breaks every 15 seconds and is back at once.',
    ['WSFrequentReconnects'],
    ['ws_reconnects_total'],
  ),
  'bars-stale': fault(
    'Bars of SOLUSDT come no more, though its stream lives.',
    ['BarsStale'],
    ['last_bar_age_seconds', 'bars_total'],
  ),
  'events-dropped': fault(
    'Every step brings a burst of ticks that is larger than the queue of the event bus.',
    ['EventsDropped'],
    ['eventbus_events_dropped_total'],
  ),
  'queue-congestion': fault(
    'A slow handler leaves 7,000 ticks waiting in the event bus, and all other events behind them.',
    ['QueueCongestion'],
    ['eventbus_queue_depth', 'risk_alerts_total'],
  ),
  'error-burst': fault(
    'The risk manager throws an exception at every tick.',
    ['ErrorBurst'],
    ['errors_total', 'eventbus_handler_errors_total'],
  ),
  'circuit-breaker': fault(
    'The circuit breaker trips at once and every minute; the paper positions are left alone.',
    ['CircuitBreakerTripped'],
    ['circuit_breaker_total'],
  ),
  'risk-critical': fault(
    'The risk manager finds something critical at once and every minute.',
    ['RiskCritical'],
    ['risk_alerts_total'],
  ),
  'heartbeat-stop': fault(
    'The main loop reports no heartbeat any more, and the process lives on.',
    ['HeartbeatStale'],
    ['heartbeat_timestamp'],
  ),
  'restart-loop': fault(
    'The bot reports a new start every 20 seconds, as under a supervisor that starts it again and again.',
    ['RestartLoop'],
    ['start_timestamp'],
  ),
  'trading-mode': fault(
    'The bot says that it trades live, though its environment is paper.',
    ['TradingModeMismatch'],
    ['trading_mode', 'info'],
  ),
  'distribution-drift': fault(
    'The drift detector is handed recent returns that are three standard deviations lower.',
    ['DistributionDrift'],
    ['distribution_p_value'],
  ),
  'structural-decay': fault(
    'The decay detector is handed a cumulative return that falls, and faster at its end.',
    ['StructuralDecay'],
    ['ransac_decay_detected', 'ransac_slope'],
  ),
  'gbm-warning': fault(
    'The drawdown monitor is handed a fall that is deeper than its model allows, and short.',
    ['GBMDrawdownWarning'],
    ['gbm_drawdown_severity'],
  ),
  'gbm-critical': fault(
    'The drawdown monitor is handed returns that only lose.',
    ['GBMDrawdownCritical', 'GBMDrawdownWarning'],
    ['gbm_drawdown_severity'],
  ),
  'onchain-failures': fault(
    'Every on-chain fetch fails.',
    ['OnchainFetchHighFailureRate'],
    ['onchain_fetch_total', 'onchain_fetch_rows', 'onchain_last_success_timestamp'],
  ),
  'onchain-stale': fault(
    'On-chain sources deliver, and what they deliver is three days old.',
    ['OnchainDataStale'],
    ['onchain_last_success_timestamp'],
  ),
  'onchain-cache-empty': fault(
    'The live cache of on-chain columns is emptied and stays empty.',
    ['OnchainCacheEmpty'],
    ['onchain_cache_size'],
  ),
  'onchain-slow': fault(
    'Every on-chain fetch takes 80 seconds longer.',
    ['OnchainFetchSlow'],
    ['onchain_fetch_latency_seconds'],
  ),
  memory: fault(
    'The process reports 3 GiB more memory than it has.',
    ['HighMemoryUsage'],
    ['process_memory_rss_bytes'],
  ),
  'open-files': fault(
    'The process reports 1,100 open file descriptors more than it has, and a limit of 1,024.',
    ['HighFDCount', 'FDLimitNear'],
    ['process_open_fds', 'process_max_fds'],
  ),
  'event-loop-lag': fault('The event loop is blocked for 1.5 seconds every 5 seconds.', ['HighEventLoopLag'], []),
  hang: fault(
    'The event loop is blocked for three minutes, or for as many `seconds` as the request says; then the fault ends by itself.',
    ['BotDown', 'BotScrapeFailing'],
    [],
  ),
  'metrics-endpoint': fault('The metrics endpoint answers 500 to every scrape.', ['BotDown', 'BotScrapeFailing'], []),
  crash: fault('The process ends at once with exit code 1.', ['BotDown', 'BotScrapeFailing'], []),
} satisfies Readonly<Record<string, Fault>>)

export type FaultName = keyof typeof faults

export const faultNames = Object.freeze(Object.keys(faults) as FaultName[])

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(faults, name)
