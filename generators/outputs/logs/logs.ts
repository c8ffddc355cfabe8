import type { Files, Model } from '../../model/model.ts'
import { ruleGroups } from '../../model/rule-groups.ts'
import { keepsLogs, logEvaluator, logWatchdog } from '../../stack/logs.ts'
import { yamlFile } from '../../text/yaml.ts'

/** logs/: the rules on lines of the log, and where vmalert sends what fires. */
export function logsOutput(model: Model): Files {
  const { bot, topology } = model
  if (!keepsLogs(bot)) return new Map()
  const groups = [watching(bot), ...ruleGroups(model).logs].map((group) => ({ ...group, type: 'vlogs' }))
  return new Map([
    [
      'logs/alerts.yml',
      yamlFile({ groups }, 'Alerts on lines of the log; vmalert gets BOT_ENV and BOT_INSTANCE from its environment.'),
    ],
    [
      'logs/notifier.yml',
      yamlFile({
        static_configs: [{ targets: [topology.alertmanager] }],
        alert_relabel_configs: [{ action: 'labeldrop', regex: dropped.join('|') }],
      }),
    ],
  ])
}

/** Fires as long as vmalert evaluates and the store answers: without `by`, there is a row for no lines. */
const watching = ({ name }: Model['bot']) => ({
  name: `${name}-logs-watchdog`,
  rules: [
    {
      alert: logWatchdog,
      expr: `_time:1m {bot="${name}"} | stats count() as value`,
      labels: { bot: name, evaluator: logEvaluator },
      annotations: { summary: 'Always firing: vmalert evaluates rules and VictoriaLogs answers.' },
    },
  ],
})

/** What vmalert adds to its alerts: routes, groups and mutes must not depend on it. */
const dropped = ['alertgroup', 'stats_result', 'grafana_url', 'runbook_url']
