import { alerts } from '../../language/index.ts'
import { alwaysFiring, noAlertFor, ruleEvaluationFailing } from '../../watchers/alerts.ts'
import { diskAlmostFull } from '../../watchers/log.ts'
import { system } from '../dashboards/system.ts'

/** Monitoring itself, and the host it runs on. */
export const watcherAlerts = alerts({
  Watchdog: alwaysFiring,
  RuleEvaluationFailing: ruleEvaluationFailing(system.panels.ruleFailures),
  DiskAlmostFull: diskAlmostFull(system.panels.disk, noAlertFor('a full disk, although node exporter is there')),
})
