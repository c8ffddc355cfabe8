import { catalogue, deviation, gauge, histogram, ms, open, usdt } from '../language/metrics.ts'

/** A trading pair as the exchange spells it, such as BTCUSDT. */
const symbol = open({ max: 20 })
const prefixed = (name: string) =>
  deviation(
    `the metric is called ${name}`,
    'One Prometheus stores the metrics of all bots: each name starts with its bot, followed by the document’s own name.',
  )

/** The metrics that the bot loads. */
export const botMetrics = catalogue('tradingbot', {
  order_latency_ms: histogram({
    help: 'Time from sending an order to its fill.',
    unit: ms,
    labels: { symbol },
    buckets: [10, 25, 50, 100, 250, 500, 1000, 2000, 3000, 5000, 10_000],
    deviates: prefixed('order_latency_ms'),
  }),
  balance_usdt: gauge({ help: 'Account balance.', unit: usdt, deviates: prefixed('balance_usdt') }),
})
