import { relay } from '../exporters/relay.ts'
import { scrape } from '../exporters/scrape.ts'
import type { AnyAlert } from '../language/alert.ts'
import { anyMetrics, type Metric } from '../language/metric.ts'
import { deliveryAlerts, relayJob } from './alerts.ts'

/** What every bot gets about the delivery of its messages: alerts, and the metrics that they use, by scrape job. */
export const deliveryDefinitions: {
  readonly alerts: readonly AnyAlert[]
  readonly job: string
  readonly metrics: Readonly<Record<string, Metric>>
} = Object.freeze({
  alerts: Object.freeze(Object.values(deliveryAlerts)),
  job: relayJob,
  metrics: anyMetrics({
    relay_failing_seconds: relay.relay_failing_seconds,
    up: scrape.up,
  }),
})
