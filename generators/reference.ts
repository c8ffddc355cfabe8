import type { Files, Model } from './model.ts'
import { alertsPage } from './reference/alerts.ts'
import { dashboardsPage } from './reference/dashboards.ts'
import { deviationsPage } from './reference/deviations.ts'
import { metricsPage } from './reference/metrics.ts'

/** docs/: what there is, for a person to look up, with every count computed. */
export function reference(model: Model): Files {
  return new Map([
    ['docs/metrics.md', metricsPage(model)],
    ['docs/alerts.md', alertsPage(model)],
    ['docs/dashboards.md', dashboardsPage(model)],
    ['docs/deviations.md', deviationsPage(model)],
  ])
}
