import { alerts, deviation } from '../../language/index.ts'
import { alwaysFiring, ruleEvaluationFailing } from '../../watchers/alerts.ts'
import { diskAlmostFull } from '../../watchers/log.ts'
import { monitor } from '../dashboards/monitor.ts'

/** Monitoring itself, and the host it runs on. */
export const watcherAlerts = alerts({
  Watchdog: alwaysFiring,
  RuleEvaluationFailing: ruleEvaluationFailing(monitor.panels.ruleFailures),
  DiskAlmostFull: diskAlmostFull(
    monitor.panels.disk,
    deviation(
      'the log file has no rotation and no limit, and nothing watches its disk',
      'A log that is never rotated fills the disk sooner or later, and takes the database with it: files are rotated, and a disk that is almost full is notified.',
    ),
  ),
})
