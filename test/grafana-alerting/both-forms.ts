import { grafanaManaged } from '../../generators/model/grafana-managed.ts'
import type { Model } from '../../generators/model/model.ts'
import { grafanaAlertingOutput } from '../../generators/outputs/grafana-alerting/grafana-alerting.ts'
import { rulesOutput } from '../../generators/outputs/prometheus/rules.ts'
import { rulesOf } from '../alerts/rules.ts'
import { readRulesFile } from './provisioning-file.ts'

/** The rules of a bot as Prometheus and as Grafana read them. */
export function bothForms(model: Model) {
  const file = readRulesFile(grafanaAlertingOutput(model).get('grafana/provisioning/alerting/rules.yml') ?? '')
  return {
    rules: rulesOf(rulesOutput(model)),
    alerts: new Map(grafanaManaged(model).map((alert) => [alert.name, alert])),
    grafana: new Map(file.groups.flatMap(({ rules }) => rules.map((rule) => [rule.title, rule]))),
  }
}
