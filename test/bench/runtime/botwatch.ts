import { catalogue, counter, histogram, oneOf, open, seconds } from '../../../definitions/language/metrics.ts'
import { expositionsIn } from '../../../runtime/expositions-of.ts'
import { createMetrics, serve } from '../../../runtime/index.ts'
import { benchBuckets, benchExchanges, type Peer, type PeerMetric, sides } from './peer.ts'

// Open and closed labels as a trading bot has them; everything that the runtime validates is checked on each call.
const labels = {
  exchange: oneOf(...benchExchanges),
  symbol: open({ max: 100_000 }),
  side: oneOf(...sides),
  strategy: open({ max: 16 }),
}
const options = { mode: 'lenient' } as const

export const botwatch: Peer = {
  name: 'botwatch',
  async counter() {
    const metrics = createMetrics(catalogue('bench', { orders_total: counter({ help: 'Orders.', labels }) }), options)
    const { orders_total } = metrics
    return {
      bind: (series) => orders_total.bind(series as never),
      write: (series) => orders_total.inc(series as never),
      ...exposed(metrics),
    }
  },
  async histogram() {
    const declared = { latency_seconds: histogram({ help: 'Latency.', unit: seconds, labels, buckets: benchBuckets }) }
    const metrics = createMetrics(catalogue('bench', declared), options)
    const { latency_seconds } = metrics
    return {
      bind: (series) => latency_seconds.bind(series as never),
      write: (series, value) => latency_seconds.observe(series as never, value),
      ...exposed(metrics),
    }
  },
}

function exposed(metrics: object): Pick<PeerMetric<never>, 'page' | 'serve'> {
  const pages = expositionsIn(metrics)
  return {
    page: (take) =>
      pages('text', (piece) => {
        take(piece)
        return undefined
      }),
    async serve() {
      const server = await serve(metrics, { port: 0 })
      return { port: server.port, close: () => server.close() }
    },
  }
}
