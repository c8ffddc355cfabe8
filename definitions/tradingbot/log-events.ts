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
  'one TradeLog for all ten types, in which what a type does not have is an empty string or 0',
  'A price of 0 that nobody set is a wrong price: each type has the fields that are true of it.',
)

/** What the bot writes into its structured log: the ten types of the document. */
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
    deviates: deviation('everything is written at INFO', 'What a person must look at can be told from what goes well.'),
  }),
  position_opened: logEvent({
    help: 'A position was opened.',
    level: 'info',
    fields: { symbol, side, price, amount },
  }),
  position_closed: logEvent({
    help: 'A position was closed, with what it brought.',
    level: 'info',
    fields: { symbol, side, price, amount, pnl, pnl_pct, balance },
  }),
  signal_generated: logEvent({
    help: 'A strategy wants to trade.',
    level: 'info',
    fields: { symbol, side, price, strength: numberField(score) },
  }),
  risk_alert: logEvent({
    help: 'A limit of the risk manager was passed.',
    level: 'warn',
    fields: { symbol, limit: stringField, error },
  }),
  api_error: logEvent({
    help: 'A call to the exchange failed.',
    level: 'error',
    fields: { endpoint: stringField, error, latency_ms },
  }),
  balance_update: logEvent({
    help: 'The balance of the account changed.',
    level: 'info',
    fields: { balance, pnl, pnl_pct },
  }),
  heartbeat: logEvent({
    help: 'The main loop goes round.',
    level: 'debug',
    fields: { uptime: numberField(seconds), open_positions: numberField(items), balance },
    deviates: deviation(
      'a heartbeat in the same process that logs it',
      'A line says that the loop went round; whether it still does, the watchdog asks from outside.',
    ),
  }),
})
