import { alert, alerts, check, deviation, look, percent, text } from '../../language/index.ts'
import { alwaysFiring, ruleEvaluationFailing } from '../../watchers/alerts.ts'
import { freeDisk } from '../../watchers/free-disk.ts'
import { monitor } from '../dashboards/monitor.ts'

/** Monitoring itself, and the host it runs on. */
export const watcherAlerts = alerts({
  Watchdog: alwaysFiring,
  RuleEvaluationFailing: ruleEvaluationFailing(monitor.panels.ruleFailures),
  DiskAlmostFull: alert({
    when: freeDisk.lt(percent(5)),
    for: '10m',
    severity: 'warning',
    cooldown: '1h',
    summary: (l, value) => text`only ${value.percent} of ${l.mountpoint} is free on the host, limit 5 %`,
    resolved: (l) => text`more than 5 % of ${l.mountpoint} is free again on the host`,
    runbook: {
      cause:
        'A disk of the host is almost full. Once it is, Prometheus stops storing samples. If it is the disk of the log, the bot loses its lines, and alerts on the log go blind.',
      steps: [
        check('the disks with `df -h`', 'which one is it, and is /var/log/trading on it?'),
        look(monitor.panels.disk, 'how fast is it filling?'),
        check('the size of the log with `du -sh /var/log/trading`', 'are rotated files deleted?'),
        check('Docker’s share of it with `docker system df`', 'images, volumes or logs?'),
      ],
    },
    deviates: deviation(
      'the log file has no rotation and no limit, and nothing watches its disk',
      'A log that is never rotated fills the disk sooner or later, and takes the database with it: files are rotated, and a disk that is almost full is notified.',
    ),
  }),
})
