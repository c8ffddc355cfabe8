import { latencies } from '../../latency/latency.ts'
import type { Model } from '../../model/model.ts'
import { arrivesEvery, looksWithin } from '../../stack/alert-timing.ts'
import { settlesOnLines } from './muted-alerts.ts'
import type { SourceConfig } from './program/config.ts'

/** How long an alert is waited for whose latency is unknown, in seconds. */
const longestWait = 600

/** The alerts that tell that lines may not be seen, and the alerts on lines whose end then proves nothing. */
export function hiddenLines(model: Model): NonNullable<SourceConfig['hiding']> {
  const latencyOf = latencies(model)
  // one request to Alertmanager may be lost
  const told = arrivesEvery(model.bot) + looksWithin
  return {
    by: Object.fromEntries(
      model.alerts
        .filter(({ of }) => of.hidesLines)
        .map((alert) => [alert.name, Math.min(latencyOf(alert)?.most ?? 0, longestWait) + told]),
    ),
    settles: Object.fromEntries(
      model.alerts.filter(({ of }) => of.lines !== null).map((alert) => [alert.name, settlesOnLines(model, alert)]),
    ),
  }
}
