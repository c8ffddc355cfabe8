import { alert, alerts, check, look, percent, text } from '../../language/index.ts'
import { alwaysFiring, noAlertFor, ruleEvaluationFailing } from '../../watchers/alerts.ts'
import { freeDisk } from '../../watchers/free-disk.ts'
import { systemDashboard } from '../dashboards/system.ts'

/** Monitoring itself, and the host it runs on. */
export const watcherAlerts = alerts({
  Watchdog: alwaysFiring,
  RuleEvaluationFailing: ruleEvaluationFailing(systemDashboard.panels.ruleFailures),
  DiskAlmostFull: alert({
    when: freeDisk.lt(percent(5)),
    for: '10m',
    severity: 'warning',
    cooldown: '1h',
    summary: (l, value) => text`only ${value.percent} of ${l.mountpoint} is free on the host, limit 5 %`,
    resolved: (l) => text`more than 5 % of ${l.mountpoint} is free again on the host`,
    runbook: {
      cause:
        'A disk of the host is almost full. Once it is, Prometheus stops storing samples and the bot stops logging.',
      steps: [
        check('the disks with `df -h`', 'which one is it?'),
        look(systemDashboard.panels.disk, 'how fast is it filling?'),
        check('Docker’s share of it with `docker system df`', 'images, volumes or logs?'),
      ],
    },
    deviates: noAlertFor('a full disk, although node exporter is there'),
  }),
})
