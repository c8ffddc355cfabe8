import { catalogue, deviation, flag, gauge, ms, open } from '../language/metrics.ts'

/** An exchange as the bot spells it, such as upbit. */
const exchange = open({ max: 10 })

/** What the bot loads. */
export const declared = catalogue('arbot', {
  exchange_connected: gauge({
    help: 'Whether the WebSocket of the exchange is connected.',
    unit: flag,
    labels: { exchange },
    additive: false,
    initially: 0,
  }),
  exchange_latency_ms: gauge({
    help: 'Time that the exchange took for its last answer.',
    unit: ms,
    labels: { exchange },
    additive: false,
    deviates: deviation(
      'the dashboard shows latency by exchange, and the table of metrics names no label',
      'Without the label there is one curve for all exchanges, and no telling which is slow.',
    ),
  }),
})
