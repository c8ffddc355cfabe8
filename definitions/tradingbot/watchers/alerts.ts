import {
  alert,
  alerts,
  check,
  decide,
  deviation,
  increase,
  look,
  percent,
  run,
  sum,
  text,
  watchdog,
} from '../../language/index.ts'
import { monitor } from '../dashboards/monitor.ts'
import { pipelineMetrics } from '../series.ts'
import { freeDisk } from './free-disk.ts'

const unwatched = (what: string) =>
  deviation(`no alert for ${what}`, 'Monitoring must be monitored too: otherwise silence means nothing.')

/** Monitoring itself, and the host it runs on. */
export const watcherAlerts = alerts({
  Watchdog: watchdog({
    summary: 'Always firing: Prometheus evaluates rules and Alertmanager delivers.',
    runbook: {
      cause:
        'It always fires, and has nothing to do with the watchdog that restarts the bot. An external dead man’s switch receives it, and raises the alarm when it stops: then this host, Prometheus or Alertmanager is down.',
      steps: [
        decide('If the dead man’s switch raised the alarm, check whether the host is up at all.'),
        check('the servers with `docker compose ps`', 'which one is down?'),
        run('docker compose up -d', 'starts them again'),
      ],
    },
    remindEvery: '1m',
  }),
  RuleEvaluationFailing: alert({
    when: sum(increase(pipelineMetrics.prometheus_rule_evaluation_failures_total, '10m')).by('rule_group').gt(0),
    severity: 'critical',
    breaksQuiet: true,
    summary: (l) => text`rules failed to evaluate in ${l.rule_group}: their alerts may not fire`,
    resolved: (l) => text`rules in ${l.rule_group} have not failed for 10 minutes`,
    runbook: {
      cause: 'Prometheus failed to evaluate some rules: while it does, the alerts among them cannot fire.',
      steps: [
        run('make apply', 'shows which rules are loaded and which fail'),
        look(monitor.panels.ruleFailures, 'once, or constantly?'),
        check('the log with `docker compose logs --tail 50 prometheus`', 'what is the reason?'),
      ],
    },
    deviates: unwatched('failing rules'),
  }),
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
