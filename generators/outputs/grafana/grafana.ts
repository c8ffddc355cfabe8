import type { Output } from '../../model/model.ts'
import { annotationsOf } from './annotations.ts'
import { dashboardOf } from './dashboard.ts'
import { json } from './json.ts'
import { seriesSources } from './sources.ts'

/** `grafana/dashboards/<key>.json`: classic dashboards that Grafana 11 to 13 loads from files. */
export const grafanaOutput: Output = (model) => {
  const shared = {
    annotations: annotationsOf(model),
    sources: seriesSources(model),
    alerts: new Map(model.alerts.map((alert) => [alert.name, alert])),
  }
  return new Map(
    model.dashboards.map((board) => [`grafana/dashboards/${board.key}.json`, json(dashboardOf(board, model, shared))]),
  )
}
