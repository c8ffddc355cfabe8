import {
  bps,
  coins,
  deviation,
  items,
  logEvent,
  logEvents,
  ms,
  numberField,
  percent,
  seconds,
  stringField,
  usd,
} from '../language/metrics.ts'
import { component, errorKind, failureReason, rejection, result, side, strategy } from './labels.ts'

const exchange = stringField
const pair = stringField
/** The bot's own id of a round trip, the same in all of its legs. */
const trip_id = stringField
/** The bot's own id of a leg, the same from leg_sent to its end. */
const leg_id = stringField
/** At the reference rate, so that legs on exchanges of different currencies can be compared. */
const price = numberField(usd)
const amount = numberField(coins)
const error = stringField
const leg = { trip_id, leg_id, exchange, pair, side, price, amount } as const
const signal = {
  strategy,
  pair,
  buy_exchange: stringField,
  sell_exchange: stringField,
  spread_pct: numberField(percent),
  expected_edge_bps: numberField(bps),
} as const

const panelOnly = deviation(
  'the dashboard has a panel with the last 50 errors, and nothing writes a log',
  'The bot writes a structured log: each kind of line has its own fields and level, and each leg carries the ids of its round trip and its own.',
)

/** The events that the bot writes to its structured log. */
export const events = logEvents({
  signal_detected: logEvent({
    help: 'A strategy detected a signal whose edge after fees is at least the minimum.',
    level: 'info',
    fields: signal,
  }),
  signal_rejected: logEvent({
    help: 'A signal was not executed for another reason than its edge.',
    level: 'warn',
    fields: { ...signal, reason: rejection },
  }),
  leg_sent: logEvent({ help: 'A leg was sent to its exchange.', level: 'info', fields: leg }),
  leg_filled: logEvent({
    help: 'A leg was filled completely.',
    level: 'info',
    fields: { ...leg, fee: numberField(usd), latency_ms: numberField(ms) },
  }),
  leg_failed: logEvent({
    help: 'A leg ended without a complete fill: refused, cancelled or expired.',
    level: 'error',
    fields: { ...leg, reason: failureReason, error },
    deviates: panelOnly,
  }),
  round_trip_closed: logEvent({
    help: 'All legs of a round trip are filled, with what it was expected to earn and what it earned after fees.',
    level: 'info',
    fields: {
      trip_id,
      strategy,
      pair,
      result,
      pnl: numberField(usd),
      fees: numberField(usd),
      expected_edge_bps: numberField(bps),
      realized_edge_bps: numberField(bps),
    },
  }),
  leg_unhedged: logEvent({
    help: 'A leg is filled and its counter-leg is not: the bot has a position in one direction.',
    level: 'error',
    fields: { ...leg, value_usd: numberField(usd), waiting: numberField(seconds) },
  }),
  exchange_disconnected: logEvent({
    help: 'The WebSocket to an exchange was closed.',
    level: 'warn',
    fields: { exchange, error },
  }),
  exchange_reconnected: logEvent({
    help: 'The WebSocket to an exchange is connected again.',
    level: 'info',
    fields: { exchange, downtime: numberField(seconds) },
  }),
  error: logEvent({
    help: 'An error in a part of the bot; the exchange is empty if none is involved.',
    level: 'error',
    fields: { component, kind: errorKind, exchange, error },
    deviates: panelOnly,
  }),
  circuit_breaker_opened: logEvent({
    help: 'The circuit breaker opened: no new round trips until it closes.',
    level: 'error',
    fields: { failures: numberField(items), error },
  }),
  balance_update: logEvent({
    help: 'The balances of an exchange were read, and changed.',
    level: 'info',
    fields: { exchange, capital: numberField(usd), total: numberField(usd) },
  }),
  heartbeat: logEvent({
    help: 'The main loop is alive; once a minute.',
    level: 'info',
    fields: { uptime: numberField(seconds), open_legs: numberField(items), capital: numberField(usd) },
  }),
})
