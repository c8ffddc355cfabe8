import type { Proofs } from './case.ts'

const failures = (group: string) =>
  `prometheus_rule_evaluation_failures_total{job="prometheus", instance="prometheus", rule_group="${group}"}`
const disk = (mountpoint: string, avail: string, fstype = 'ext4', size = '100x90') => {
  const labels = `{job="node-exporter", instance="node-exporter", device="/dev/sda1", fstype="${fstype}", mountpoint="${mountpoint}", device_error=""}`
  return { [`node_filesystem_avail_bytes${labels}`]: avail, [`node_filesystem_size_bytes${labels}`]: size }
}

/** The alerts of a bot on the monitoring stack itself and the machine it runs on. */
export const watcherProofs = (bot: string): Proofs => ({
  Watchdog: {
    always: {
      labels: { bot, severity: 'info' },
      says: 'Always firing: Prometheus evaluates rules and Alertmanager delivers.',
    },
  },
  RuleEvaluationFailing: {
    fires: {
      'one evaluation fails': {
        given: { [failures('alerts.yml;one')]: '0x7 1x80', [failures('alerts.yml;two')]: '0x90' },
        from: '2m',
        to: '14m45s',
        labels: { bot, env: 'paper', rule_group: 'alerts.yml;one', severity: 'critical' },
        says: 'rules failed to evaluate in alerts.yml;one: their alerts may not fire',
      },
    },
    silent: { 'one failed long ago': { [failures('alerts.yml;one')]: '1x90' } },
    healthy: { [failures('alerts.yml;one')]: '0x90' },
  },
  DiskAlmostFull: {
    fires: {
      'less than a twentieth is free': {
        given: { ...disk('/', '40x7 4.9x63 40x19'), ...disk('/data', '40x90') },
        from: '12m',
        to: '21m',
        labels: { bot, env: 'paper', mountpoint: '/', severity: 'warning' },
        says: 'only 4.9 % of / is free on the host, limit 5 %',
      },
    },
    silent: {
      'at the limit': disk('/', '40x7 5x80'),
      'for less than ten minutes': disk('/', '40x7 1x39 40x40'),
      'file systems in memory, images, mounted files': {
        ...disk('/run', '0x90', 'tmpfs'),
        ...disk('/snap', '0x90', 'squashfs'),
        ...disk('/etc/hosts', '0x90'),
      },
    },
    healthy: disk('/', '40x90'),
  },
})
