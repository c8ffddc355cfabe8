import { counter, external, flag, gauge, items, oneOf, open, seconds } from '../language/metrics.ts'

/** Metrics that Prometheus adds for every target it scrapes. */
export const scrape = external({
  up: gauge({ help: 'Whether the target answered the last scrape.', unit: flag, additive: false }),
  scrape_duration_seconds: gauge({ help: 'Duration of the last scrape.', unit: seconds, additive: false }),
  scrape_samples_scraped: gauge({ help: 'Samples that the target exposed.', unit: items }),
})

/** Pending and firing alerts, as Prometheus records them. */
export const alertStates = external({
  ALERTS: gauge({
    help: '1 for each pending or firing alert.',
    unit: flag,
    labels: {
      alertname: open({ max: 200 }),
      alertstate: oneOf('pending', 'firing'),
      severity: oneOf('info', 'warning', 'critical'),
    },
  }),
})

/** The metrics of Prometheus itself that rules and panels use. */
export const prometheus = external({
  prometheus_tsdb_head_series: gauge({ help: 'Series in the TSDB head (in memory).' }),
  prometheus_rule_evaluation_failures_total: counter({
    help: 'Rule evaluations that failed.',
    labels: { rule_group: open({ max: 50 }) },
  }),
})

/** The metrics of Alertmanager itself that rules and panels use. */
export const alertmanager = external({
  alertmanager_notifications_total: counter({
    help: 'Attempted notifications.',
    labels: { integration: open({ max: 20 }) },
  }),
  alertmanager_notifications_failed_total: counter({
    help: 'Failed notifications.',
    labels: { integration: open({ max: 20 }), reason: open({ max: 10 }) },
  }),
})
