import { coins, logEvent, logEvents, ms, numberField, oneOf, stringField, usdt } from '../language/metrics.ts'

/** What the bot writes into its structured log. */
export const events = logEvents({
  order_filled: logEvent({
    help: 'An order was filled.',
    level: 'info',
    fields: {
      symbol: stringField,
      side: oneOf('buy', 'sell'),
      price: numberField(usdt),
      amount: numberField(coins),
      latency_ms: numberField(ms),
    },
  }),
})
