import { annotationsOf } from './grafana/annotations.ts'
import { dashboardOf } from './grafana/dashboard.ts'
import { json } from './grafana/json.ts'
import { sourcesOf } from './grafana/sources.ts'
import type { Generator } from './model.ts'

/** `grafana/dashboards/<key>.json`: classic dashboards that Grafana 11 to 13 load from files. */
export const grafana: Generator = (model) => {
  const shared = {
    annotations: annotationsOf(model),
    sources: sourcesOf(model),
    alerts: new Map(model.alerts.map((alert) => [alert.name, alert])),
  }
  return new Map(
    model.dashboards.map((board) => [`grafana/dashboards/${board.key}.json`, json(dashboardOf(board, model, shared))]),
  )
}
