import type { events } from '../../../definitions/arbot/log-events.ts'
import type { botMetrics } from '../../../definitions/arbot/metrics.ts'
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

/** All faults. */
export const faults = Object.freeze({
  drawdown: fault(
    'binance settles a loss of 20,000 USD, and pays it back when the fault ends.',
    ['DrawdownExceeded', 'DailyLossLimitReached', 'TradingHalted'],
    /*M drawdown*/ [],
    /*W drawdown*/ [],
  ),
  'daily-loss': fault(
    'binance settles a loss of 800 USD, and pays it back when the fault ends.',
    ['DailyLossLimitReached'],
    /*M daily-loss*/ [],
    /*W daily-loss*/ [],
  ),
  'manual-halt': fault(
    'Somebody halts the bot by hand.',
    ['TradingHalted'],
    /*M manual-halt*/ [],
    /*W manual-halt*/ [],
  ),
  'failing-orders': fault(
    'okx refuses every order: the balance does not cover it.',
    ['OrdersFailInARow', 'CircuitBreakerActive', 'LegUnhedged'],
    /*M failing-orders*/ [],
    /*W failing-orders*/ [],
  ),
  slippage: fault(
    'Every fill is 20 basis points worse than the order book.',
    ['EdgeNotRealized', 'WinRateLow', 'DailyLossLimitReached'],
    /*M slippage*/ [],
    /*W slippage*/ [],
  ),
  'slow-orders': fault(
    'okx fills every order after three seconds.',
    ['OrderExecutionSlow'],
    /*M slow-orders*/ [],
    /*W slow-orders*/ [],
  ),
  'slow-calls': fault(
    'upbit answers every call that reads something after a second and a half.',
    ['ExchangeLatencyHigh'],
    /*M slow-calls*/ [],
    /*W slow-calls*/ [],
  ),
  'slow-ticks': fault(
    'The bot takes 180 ms longer for each tick of okx.',
    ['TickProcessingSlow'],
    /*M slow-ticks*/ [],
    /*W slow-ticks*/ [],
  ),
  exposure: fault(
    'binance closes the whole short position in ETH by auto-deleveraging, and it is opened again when the fault ends.',
    ['NetExposureHigh', 'NetExposureCritical'],
    /*M exposure*/ [],
    /*W exposure*/ [],
  ),
  books: fault(
    'Somebody buys 400 XRP by hand on okx, and sells them when the fault ends.',
    ['BooksDiffer'],
    /*M books*/ [],
    /*W books*/ [],
  ),
  'orphan-order': fault(
    'Somebody leaves an order by hand on okx, and cancels it when the fault ends.',
    ['BooksDiffer'],
    /*M orphan-order*/ [],
    /*W orphan-order*/ [],
  ),
  'reconciliation-stale': fault(
    'okx accepts the call for open orders, and never answers it.',
    ['ReconciliationStale'],
    /*M reconciliation-stale*/ [],
    /*W reconciliation-stale*/ [],
  ),
  liquidation: fault(
    'binance raises its maintenance margin until prices may move by no more than 3 %.',
    ['LiquidationImminent', 'LiquidationNear'],
    /*M liquidation*/ [],
    /*W liquidation*/ [],
  ),
  bait: fault('XRP seems 12 % dearer on upbit.', ['ImplausibleSpreads'], /*M bait*/ [], /*W bait*/ []),
  'one-sided': fault(
    'The bot moves all its XRP from upbit to okx, and back when the fault ends.',
    ['InventoryOneSided'],
    /*M one-sided*/ [],
    /*W one-sided*/ [],
  ),
  'position-limit': fault(
    'Somebody sets the position limit of the bot to zero.',
    ['SignalsRejected'],
    /*M position-limit*/ [],
    /*W position-limit*/ [],
  ),
  'withdrawals-closed': fault(
    'okx pays out no withdrawals of XRP.',
    ['TransfersClosed'],
    /*M withdrawals-closed*/ [],
    /*W withdrawals-closed*/ [],
  ),
  'deposits-closed': fault(
    'upbit accepts no deposits of XRP.',
    ['TransfersClosed'],
    /*M deposits-closed*/ [],
    /*W deposits-closed*/ [],
  ),
  'rate-stale': fault(
    'The source of the rate KRW_USD gives no new one.',
    ['ReferenceRateStale'],
    /*M rate-stale*/ [],
    /*W rate-stale*/ [],
  ),
  'rate-deviates': fault(
    'The second source of KRW_USD is 2 % away from the first.',
    ['ReferenceRateDeviates'],
    /*M rate-deviates*/ [],
    /*W rate-deviates*/ [],
  ),
  'stale-quotes': fault(
    'okx goes on sending the order books that it had when the fault began.',
    ['QuotesStale'],
    /*M stale-quotes*/ [],
    /*W stale-quotes*/ [],
  ),
  'silent-stream': fault(
    'The WebSocket to okx stays open, and nothing arrives over it.',
    ['ExchangeSilent', 'QuotesStale'],
    /*M silent-stream*/ [],
    /*W silent-stream*/ [],
  ),
  disconnected: fault(
    'upbit closes the WebSocket, and accepts no new one until the fault ends.',
    ['ExchangeConnectionLost', 'ExchangeDisconnected'],
    /*M disconnected*/ [],
    /*W disconnected*/ [],
  ),
  flapping: fault(
    'binance closes the WebSocket every 20 seconds.',
    ['ExchangeReconnectsOften'],
    /*M flapping*/ [],
    /*W flapping*/ [],
  ),
  outage: fault(
    'upbit is down: it closes the WebSocket, and answers every call with 503.',
    ['ExchangeConnectionLost', 'ExchangeDisconnected', 'HighErrorRate', 'ReconciliationStale'],
    /*M outage*/ [],
    /*W outage*/ [],
  ),
  clock: fault('The clock of okx is 1.5 seconds ahead.', ['ClockOffset'], /*M clock*/ [], /*W clock*/ []),
  'order-limit': fault(
    'Another program on the account uses 85 % of the order limit of okx.',
    ['OrderLimitNear'],
    /*M order-limit*/ [],
    /*W order-limit*/ [],
  ),
  ban: fault(
    'okx bans the bot, for two minutes from each call; it makes no other call there meanwhile.',
    ['ExchangeBan'],
    /*M ban*/ [],
    /*W ban*/ [],
  ),
  'api-key': fault(
    'okx rejects the API key, which the bot tries again once a minute.',
    ['ApiKeyRejected'],
    /*M api-key*/ [],
    /*W api-key*/ [],
  ),
  errors: fault(
    'Every call that reads something fails with a server error, and succeeds when it is made again.',
    ['HighErrorRate'],
    /*M errors*/ [],
    /*W errors*/ [],
  ),
  'restart-loop': fault(
    'The bot reports a new start every 20 seconds, as if a supervisor kept restarting it.',
    ['RestartLoop'],
    /*M restart-loop*/ [],
    /*W restart-loop*/ [],
  ),
  freeze: fault(
    'The main loop stops, and the process goes on answering scrapes.',
    ['HeartbeatMissed', 'HeartbeatLineMissing'],
    /*M freeze*/ [],
    /*W freeze*/ [],
  ),
  'silent-log': fault(
    'The bot trades on and writes no line.',
    ['HeartbeatLineMissing'],
    /*M silent-log*/ [],
    /*W silent-log*/ [],
  ),
  hang: fault(
    'The event loop is blocked for three minutes, or for the `seconds` in the request; then the fault ends on its own.',
    ['BotDown'],
    /*M hang*/ [],
    /*W hang*/ [],
  ),
  'metrics-endpoint': fault(
    'The metrics endpoint answers 500 to every scrape.',
    ['BotDown'],
    /*M metrics-endpoint*/ [],
    /*W metrics-endpoint*/ [],
  ),
  crash: fault('The process exits at once with code 1.', ['BotDown'], /*M crash*/ [], /*W crash*/ []),
} satisfies Readonly<Record<string, Fault>>)

export type FaultName = keyof typeof faults
export type FaultSwitches = Switches<FaultName>

export const faultNames = namesOfFaults(faults)

/** The fault to try first: its message comes within a minute. */
export const firstFault: FaultName = 'disconnected'
