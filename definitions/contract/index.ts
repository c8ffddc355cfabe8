import type { AnyAlert } from '../language/alert.ts'
import { shortHash } from '../language/contract-form.ts'
import { contractHash } from '../language/contract-hash.ts'
import type { ContractMetrics } from '../language/contract-metrics.ts'
import type { AnyDashboard } from '../language/dashboard.ts'
import { inSeconds } from '../language/duration.ts'
import { anyMetrics, type Metric } from '../language/metric.ts'
import { deadlineOf } from '../language/presence.ts'
import { sampleLimitOf } from '../language/series-bound.ts'
import { contractAlerts } from './alerts.ts'
import { contractDashboard } from './dashboard.ts'
import { contractSeries, scrapeMetrics } from './series.ts'

/** The definitions that every bot gets about its own contract. */
interface ContractDefinitions {
  readonly alerts: readonly AnyAlert[]
  readonly dashboard: AnyDashboard
  /** The metrics that Prometheus adds to each scrape and that these alerts and panels use. */
  readonly scraped: Readonly<Record<string, Metric>>
}

/** Creates the alerts and the dashboard about the contract of a bot, from all its metrics, its scrape job and interval, and the alerts that depend on each metric. */
export function contractDefinitions(
  metrics: Readonly<Record<string, Metric>>,
  { job, scrape }: { readonly job: string; readonly scrape: string },
  dependants: (name: string) => readonly AnyAlert[],
): ContractDefinitions {
  const of = contractSeries(metrics as unknown as ContractMetrics, job)
  const all = Object.values(metrics)
  const limits = {
    hash: shortHash(contractHash(all)),
    samples: sampleLimitOf(all),
    warmUpSamples: Math.floor(1800 / inSeconds(scrape)),
  }
  const dashboard = contractDashboard(of, limits)
  const due = all
    .filter((metric) => deadlineOf(metric) !== null)
    .map(({ name }) => ({ name, alerts: dependants(name) }))
  const alerts = contractAlerts(of, dashboard.panels, limits, due).flatMap((group): AnyAlert[] => Object.values(group))
  return { alerts, dashboard, scraped: anyMetrics(scrapeMetrics) }
}
