import { counter, external, flag, gauge, items, oneOf, open, seconds } from '../language/metrics.ts'

/** What Prometheus itself adds for every target that it scrapes. */
export const scrape = external({
  up: gauge({ help: 'Whether the target answered the last scrape.', unit: flag, additive: false }),
  scrape_duration_seconds: gauge({ help: 'How long the last scrape took.', unit: seconds, additive: false }),
  scrape_samples_scraped: gauge({ help: 'Samples that the target exposed.', unit: items }),
})

/** Alerts that wait or fire, as Prometheus keeps them. */
export const firing = external({
  ALERTS: gauge({
    help: '1 for each alert that waits or fires.',
    unit: flag,
    labels: {
      alertname: open({ max: 200 }),
      alertstate: oneOf('pending', 'firing'),
      severity: oneOf('info', 'warning', 'critical'),
    },
  }),
})

/** Prometheus about itself, as far as rules and panels use it. */
export const prometheus = external({
  prometheus_tsdb_head_series: gauge({ help: 'Series in memory.' }),
  prometheus_rule_evaluation_failures_total: counter({
    help: 'Evaluations of rules that failed.',
    labels: { rule_group: open({ max: 50 }) },
  }),
})

/** Alertmanager about itself, as far as rules and panels use it. */
export const alertmanager = external({
  alertmanager_notifications_total: counter({
    help: 'Attempts to notify.',
    labels: { integration: open({ max: 20 }) },
  }),
  alertmanager_notifications_failed_total: counter({
    help: 'Attempts to notify that failed.',
    labels: { integration: open({ max: 20 }), reason: open({ max: 10 }) },
  }),
})
