import { prometheus } from '../exporters/scrape.ts'
import { alert, check, decide, deviation, increase, look, run, series, sum, text, watchdog } from '../language/index.ts'

/** Why an alert on monitoring itself exists that the document does not have. */
export const noAlertFor = (what: string) =>
  deviation(`no alert for ${what}`, 'Monitoring must be monitored too: otherwise silence means nothing.')

/** Fires as long as Prometheus evaluates rules and Alertmanager delivers. */
export const alwaysFiring = watchdog({
  summary: 'Always firing: Prometheus evaluates rules and Alertmanager delivers.',
  runbook: {
    cause:
      'It always fires, and has nothing to do with a watchdog that restarts a bot. An external dead man’s switch receives it, and raises the alarm when it stops: then this host, Prometheus or Alertmanager is down.',
    steps: [
      decide('If the dead man’s switch raised the alarm, check whether the host is up at all.'),
      check('the servers with `docker compose ps`', 'which one is down?'),
      run('docker compose up -d', 'starts them again'),
    ],
  },
  remindEvery: '1m',
})

/** Fires if Prometheus fails to evaluate rules; the panel shows when it did. */
export const ruleEvaluationFailing = (failures: Parameters<typeof look>[0]) =>
  alert({
    when: sum(increase(series(prometheus).prometheus_rule_evaluation_failures_total, '10m'))
      .by('rule_group')
      .gt(0),
    severity: 'critical',
    breaksQuiet: true,
    summary: (l) => text`rules failed to evaluate in ${l.rule_group}: their alerts may not fire`,
    resolved: (l) => text`rules in ${l.rule_group} have not failed for 10 minutes`,
    runbook: {
      cause: 'Prometheus failed to evaluate some rules: while it does, the alerts among them cannot fire.',
      steps: [
        run('make apply', 'shows which rules are loaded and which fail'),
        look(failures, 'once, or constantly?'),
        check('the log with `docker compose logs --tail 50 prometheus`', 'what is the reason?'),
      ],
    },
    deviates: noAlertFor('failing rules'),
  })
