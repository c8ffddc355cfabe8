import * as client from 'prom-client'
import { benchBuckets, benchLabelNames, installedPackage, type Peer, type PeerMetric } from './peer.ts'
import { serveExposition } from './serve-exposition.ts'

/** The parts used of prom-client, and of its successor, which has the same interface. */
type Client = Pick<typeof client, 'Counter' | 'Histogram' | 'Registry'>

const peer = (name: string, load: () => Promise<Client>): Peer => ({
  name,
  async counter() {
    const { Counter, Registry } = await load()
    const registry = new Registry()
    const orders = new Counter({
      name: 'bench_orders_total',
      help: 'Orders.',
      labelNames: benchLabelNames,
      registers: [registry],
    })
    return { bind: (series) => orders.labels(series), write: (series) => orders.inc(series), ...exposed(registry) }
  },
  async histogram() {
    const { Histogram, Registry } = await load()
    const registry = new Registry()
    const latency = new Histogram({
      name: 'bench_latency_seconds',
      help: 'Latency.',
      labelNames: benchLabelNames,
      buckets: [...benchBuckets],
      registers: [registry],
    })
    return {
      bind: (series) => latency.labels(series),
      write: (series, value) => latency.observe(series, value),
      ...exposed(registry),
    }
  },
})

function exposed(registry: { readonly metrics: () => Promise<string> }) {
  const page: PeerMetric<never>['page'] = async (take) => take(Buffer.from(await registry.metrics()))
  return { page, serve: () => serveExposition(page) }
}

export const promClient = peer('prom-client', async () => client)
export const prometheusIo = peer('@prometheus-io/client', async () => installedPackage<Client>('@prometheus-io/client'))
