import {
  alert,
  alerts,
  deviation,
  increase,
  look,
  min,
  not,
  percent,
  run,
  sum,
  text,
  watchdog,
} from '../../language/index.ts'
import { system } from '../dashboards/system.ts'
import { host, path } from '../series.ts'

const realDisks = { fstype: not(/tmpfs|overlay|squashfs|ramfs|iso9660/), mountpoint: not(/[/]etc[/].+/) }
const unwatched = (what: string) =>
  deviation(`no alert for ${what}`, 'Who watches has to be watched: otherwise silence means nothing.')

/** The watchers themselves, and the machine under them. */
export const watchers = alerts({
  Watchdog: watchdog({
    summary: 'All is well: Prometheus evaluates and Alertmanager delivers.',
    runbook: {
      cause:
        'It always fires. An external dead man’s switch hears it, and raises the alarm when it no longer does: then this machine, Prometheus or Alertmanager is gone.',
      steps: [
        'If the dead man’s switch calls: is the machine there at all?',
        run('docker compose ps', 'which of the servers is gone?'),
        run('docker compose up -d', 'brings them back'),
      ],
    },
    remindEvery: '1m',
  }),
  NotificationsFailing: alert({
    when: sum(increase(path.alertmanager_notifications_failed_total.where({ integration: not('webhook') }), '10m'))
      .by('integration')
      .gt(0),
    for: '1m',
    severity: 'critical',
    summary: (l) => text`messages of ${l.bot} (${l.env}) over ${l.integration} are not delivered`,
    runbook: {
      cause: 'Alertmanager cannot deliver over a channel: a token, chat or webhook is wrong, or the service refuses.',
      steps: [
        run('make test-alert', 'says for each channel what is wrong'),
        'A channel that you do not use: take it out of `tell` in the definition of the environment, and run make apply.',
        look(system.panels.notifications, 'since when?'),
        run('docker compose logs --tail 50 alertmanager', 'the answer of the service'),
      ],
    },
    deviates: unwatched(
      'messages that are not delivered (the dead man’s switch raises its own alarm, and is left out)',
    ),
  }),
  RuleEvaluationFailing: alert({
    when: sum(increase(path.prometheus_rule_evaluation_failures_total, '10m')).by('rule_group').gt(0),
    severity: 'critical',
    summary: (l) => text`rules of ${l.bot} (${l.env}) fail in ${l.rule_group}: these alerts are blind`,
    runbook: {
      cause: 'Prometheus could not evaluate some rules: the alerts among them cannot fire.',
      steps: [
        run('make apply', 'says which rules are loaded, and which fail'),
        look(system.panels.ruleFailures, 'once, or always?'),
        run('docker compose logs --tail 50 prometheus', 'the reason'),
      ],
    },
    deviates: unwatched('rules that fail'),
  }),
  DiskAlmostFull: alert({
    when: min(host.node_filesystem_avail_bytes.where(realDisks).div(host.node_filesystem_size_bytes.where(realDisks)))
      .by('mountpoint')
      .lt(percent(5)),
    for: '10m',
    severity: 'warning',
    cooldown: '1h',
    summary: (l, value) => text`only ${value.percent} of ${l.mountpoint} is free on the machine of ${l.bot} (${l.env})`,
    runbook: {
      cause: 'A disk of the machine is almost full: Prometheus stops to store, and the bot to log.',
      steps: [
        run('df -h', 'which one?'),
        look(system.panels.disk, 'how fast does it fill?'),
        run('docker system df', 'is it images and logs?'),
      ],
    },
    deviates: unwatched('a full disk, although node exporter is there'),
  }),
})
