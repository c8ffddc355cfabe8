import {
  bps,
  coins,
  deviation,
  items,
  logEvent,
  logEvents,
  ms,
  numberField,
  oneOf,
  percent,
  seconds,
  stringField,
  usdt,
} from '../language/metrics.ts'
import { endpoint, errorKind, failureReason, side } from './labels.ts'

const symbol = stringField
/** The bot's own id of an order, the same from order_placed to its end. */
const order_id = stringField
const price = numberField(usdt)
const amount = numberField(coins)
const pnl = numberField(usdt)
const pnl_pct = numberField(percent)
const balance = numberField(usdt)
const latency_ms = numberField(ms)
const error = stringField

const ownFields = deviation(
  'one TradeLog for all ten types, with an empty string or 0 in every field that does not apply',
  'A price of 0 that nobody set is a wrong price: each type has only the fields that apply to it.',
)
const ownLevel = deviation(
  'everything is logged at INFO',
  'Events that need attention stand out from routine ones by their level.',
)

/** The events that the bot writes to its structured log: the ten types of the document. */
export const events = logEvents({
  order_placed: logEvent({
    help: 'An order was sent to the exchange.',
    level: 'info',
    fields: { symbol, side, price, amount, order_id },
    deviates: ownFields,
  }),
  order_filled: logEvent({
    help: 'An order was filled completely.',
    level: 'info',
    fields: { symbol, side, price, amount, latency_ms, slippage_bps: numberField(bps), order_id },
    deviates: deviation(
      'log_order writes ORDER_FILLED whatever happened to the order',
      'Each event is written when it happens, with the id of the order: an order_placed without an end can be found.',
    ),
  }),
  order_failed: logEvent({
    help: 'An order ended without a complete fill: refused, cancelled or expired.',
    level: 'error',
    fields: { symbol, side, price, amount, reason: failureReason, error, order_id },
    deviates: ownLevel,
  }),
  position_opened: logEvent({
    help: 'A position was opened.',
    level: 'info',
    fields: { symbol, side, price, amount },
  }),
  position_closed: logEvent({
    help: 'A position was closed, with its PnL.',
    level: 'info',
    fields: { symbol, side, price, amount, pnl, pnl_pct, balance },
  }),
  signal_generated: logEvent({
    help: 'A strategy generated a signal that asks for an order.',
    level: 'info',
    fields: { symbol, side, price },
  }),
  risk_alert: logEvent({
    help: 'A limit of the risk manager was exceeded.',
    level: 'warn',
    fields: { symbol, limit: oneOf('position_size', 'exposure', 'daily_loss', 'drawdown'), error },
    deviates: ownLevel,
  }),
  api_error: logEvent({
    help: 'A call to the exchange failed.',
    level: 'error',
    fields: { symbol, endpoint, kind: errorKind, error, latency_ms },
    deviates: deviation(
      'api_error has a symbol and a free text',
      'A text cannot be counted: the kind of error and the call that failed are fields of their own. A call that concerns no symbol has an empty one.',
    ),
  }),
  balance_update: logEvent({
    help: 'The account balance was read from the exchange, and changed.',
    level: 'info',
    fields: { balance, pnl, pnl_pct },
  }),
  heartbeat: logEvent({
    help: 'The main loop is alive; once a minute.',
    level: 'info',
    fields: { uptime: numberField(seconds), open_positions: numberField(items), balance },
    deviates: deviation(
      'the heartbeat comes from the same process that logs it',
      'A log line proves that the loop did run; the watchdog checks from outside whether it still does.',
    ),
  }),
})
