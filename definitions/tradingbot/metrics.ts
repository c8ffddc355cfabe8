import { catalogue, deviation, gauge, histogram, ms, open, usdt } from '../language/metrics.ts'

/** A traded pair as the exchange spells it, such as BTCUSDT. */
const symbol = open({ max: 20 })
const prefixed = (name: string) =>
  deviation(
    `the metric is called ${name}`,
    'Prometheus knows the names of all bots at once: each has its bot in front, and the document’s own name behind it.',
  )

/** What the bot loads. */
export const declared = catalogue('tradingbot', {
  order_latency_ms: histogram({
    help: 'Time from an order to its fill.',
    unit: ms,
    labels: { symbol },
    buckets: [10, 25, 50, 100, 250, 500, 1000, 2000, 3000, 5000, 10_000],
    deviates: prefixed('order_latency_ms'),
  }),
  balance_usdt: gauge({ help: 'Balance of the account.', unit: usdt, deviates: prefixed('balance_usdt') }),
})
