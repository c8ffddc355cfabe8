import type { Metric } from '../definitions/language/metric.ts'
import { ageKind } from './age.ts'
import { counterKind } from './counter.ts'
import { expiryOf } from './expiry.ts'
import { gaugeKind } from './gauge.ts'
import { histogramKind } from './histogram.ts'
import { infoKind } from './info.ts'
import type { Kind } from './shapes.ts'
import { stateSetKind } from './state-set.ts'

/** The kind that stores, writes and exposes this metric. */
export function kindOf(metric: Metric, now: () => number): Kind {
  switch (metric.kind) {
    case 'counter':
      return counterKind(metric.name)
    case 'gauge':
      return metric.computed === 'age'
        ? ageKind(metric.name, now)
        : gaugeKind(metric.name, metric.initially, expiryOf(metric, now))
    case 'histogram':
      return histogramKind(metric.name, metric.buckets ?? [], metric.signed)
    case 'info':
      return infoKind(metric.name)
    case 'stateSet':
      return stateSetKind(metric.name, metric.states ?? [])
  }
}
