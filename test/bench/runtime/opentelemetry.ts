import { benchBuckets, installedPackage, type Peer, type PeerMetric } from './peer.ts'
import { serveExposition } from './serve-exposition.ts'

interface Instrument {
  readonly add: (value: number, attributes: object) => void
  readonly record: (value: number, attributes: object) => void
}
interface Reader {
  readonly collect: () => Promise<{ readonly resourceMetrics: object }>
}
interface Sdk {
  readonly MeterProvider: new (
    options: object,
  ) => {
    readonly getMeter: (name: string) => {
      readonly createCounter: (name: string) => Instrument
      readonly createHistogram: (name: string, options: object) => Instrument
    }
  }
}
interface Exporter {
  readonly PrometheusExporter: new (options: object) => Reader
  readonly PrometheusSerializer: new () => { readonly serialize: (metrics: object) => string }
}

async function setUp() {
  const { MeterProvider } = installedPackage<Sdk>('@opentelemetry/sdk-metrics')
  const { PrometheusExporter, PrometheusSerializer } = installedPackage<Exporter>('@opentelemetry/exporter-prometheus')
  const reader = new PrometheusExporter({ preventServerStart: true })
  // Above its default of 2,000 series per metric, OpenTelemetry merges the rest into one; here each must be kept.
  const views = [{ instrumentName: '*', aggregationCardinalityLimit: 1_000_000 }]
  const meter = new MeterProvider({ readers: [reader], views }).getMeter('bench')
  const serializer = new PrometheusSerializer()
  const page: PeerMetric<never>['page'] = async (take) =>
    take(Buffer.from(serializer.serialize((await reader.collect()).resourceMetrics)))
  return { meter, exposed: { bind: null, page, serve: () => serveExposition(page) } }
}

/** It has no handle for a single series: each call passes its labels. */
export const openTelemetry: Peer = {
  name: 'OpenTelemetry',
  async counter() {
    const { meter, exposed } = await setUp()
    const orders = meter.createCounter('bench_orders')
    return { ...exposed, write: (series) => orders.add(1, series) }
  },
  async histogram() {
    const { meter, exposed } = await setUp()
    const latency = meter.createHistogram('bench_latency_seconds', {
      advice: { explicitBucketBoundaries: benchBuckets },
    })
    return { ...exposed, write: (series, value) => latency.record(value, series) }
  },
}
