import { scrape } from '../exporters/scrape.ts'
import { victoriaLogs } from '../exporters/victoria-logs.ts'
import { vlagent } from '../exporters/vlagent.ts'
import { vmalert } from '../exporters/vmalert.ts'
import type { AnyAlert } from '../language/alert.ts'
import type { AnyDashboard } from '../language/dashboard.ts'
import { anyMetrics, type Metric } from '../language/metric.ts'
import { logDashboard } from './dashboard.ts'
import { downAlerts } from './down.ts'
import { evaluationAlerts } from './evaluation.ts'
import { agentJob, evaluatorJob, storeJob } from './series.ts'
import { type Blind, spaceAlerts } from './space.ts'
import { lossAlerts, wayAlerts } from './way.ts'

/** What a bot with events gets about its log: alerts, a dashboard, and the metrics that they use, by scrape job. */
interface LogDefinitions {
  readonly alerts: readonly AnyAlert[]
  readonly dashboard: AnyDashboard
  readonly exporters: readonly { readonly job: string; readonly metrics: Readonly<Record<string, Metric>> }[]
}

/** Creates the alerts and the dashboard about a bot's log, from its scrape job and how severe it is that its alerts on lines cannot fire. */
export function logDefinitions({ job, blind }: { readonly job: string; readonly blind: Blind }): LogDefinitions {
  const space = spaceAlerts(blind)
  const down = downAlerts(blind, space)
  const groups = [space, down, wayAlerts(blind, job, down, space), lossAlerts(), evaluationAlerts(blind, down)]
  return Object.freeze({
    alerts: Object.freeze(groups.flatMap((group): AnyAlert[] => Object.values(group))),
    dashboard: logDashboard,
    exporters: Object.freeze([
      { job: storeJob, metrics: anyMetrics({ ...victoriaLogs, up: scrape.up }) },
      { job: agentJob, metrics: anyMetrics(vlagent) },
      { job: evaluatorJob, metrics: anyMetrics(vmalert) },
    ]),
  })
}
