import {
  coins,
  deviation,
  items,
  logEvent,
  logEvents,
  ms,
  numberField,
  oneOf,
  percent,
  score,
  seconds,
  stringField,
  usdt,
} from '../language/metrics.ts'

const symbol = stringField
const side = oneOf('buy', 'sell')
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

/** The events that the bot writes to its structured log: the ten types of the document. */
export const events = logEvents({
  order_placed: logEvent({
    help: 'An order was sent to the exchange.',
    level: 'info',
    fields: { symbol, side, price, amount },
    deviates: ownFields,
  }),
  order_filled: logEvent({
    help: 'An order was filled.',
    level: 'info',
    fields: { symbol, side, price, amount, latency_ms },
  }),
  order_failed: logEvent({
    help: 'The exchange refused an order, or it could not be sent.',
    level: 'error',
    fields: { symbol, side, price, amount, error },
    deviates: deviation(
      'everything is logged at INFO',
      'Events that need attention stand out from routine ones by their level.',
    ),
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
    help: 'A strategy generated a trading signal.',
    level: 'info',
    fields: { symbol, side, price, strength: numberField(score) },
  }),
  risk_alert: logEvent({
    help: 'A limit of the risk manager was exceeded.',
    level: 'warn',
    fields: { symbol, limit: stringField, error },
  }),
  api_error: logEvent({
    help: 'A call to the exchange failed.',
    level: 'error',
    fields: { endpoint: stringField, error, latency_ms },
  }),
  balance_update: logEvent({
    help: 'The account balance changed.',
    level: 'info',
    fields: { balance, pnl, pnl_pct },
  }),
  heartbeat: logEvent({
    help: 'The main loop completed an iteration.',
    level: 'debug',
    fields: { uptime: numberField(seconds), open_positions: numberField(items), balance },
    deviates: deviation(
      'the heartbeat comes from the same process that logs it',
      'A log line proves that the loop did run; the watchdog checks from outside whether it still does.',
    ),
  }),
})
