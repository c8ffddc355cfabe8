import { catalogue, deviation, flag, gauge, ms, open } from '../language/metrics.ts'

/** An exchange as the bot spells it, such as upbit. */
const exchange = open({ max: 10 })

/** The metrics that the bot loads. */
export const botMetrics = catalogue('arbot', {
  exchange_connected: gauge({
    help: 'Whether the WebSocket to the exchange is connected.',
    unit: flag,
    labels: { exchange },
    additive: false,
    initially: 0,
    mustBeSetWithin: '5m',
  }),
  exchange_latency_ms: gauge({
    help: 'Time that the exchange took to answer the last request.',
    unit: ms,
    labels: { exchange },
    additive: false,
    deviates: deviation(
      'the dashboard shows latency by exchange, but the metrics table lists no label',
      'Without the label all exchanges share one curve, and nobody can see which one is slow.',
    ),
  }),
})
