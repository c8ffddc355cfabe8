import { counter, external, open, seconds } from '../language/metrics.ts'

/** The metrics of vmalert, which evaluates alerts on log lines. */
export const vmalert = external({
  vmalert_execution_errors_total: counter({ help: 'Evaluations of rules that failed.' }),
  vmalert_alerts_send_errors_total: counter({
    help: 'Alerts that an Alertmanager did not take.',
    labels: { addr: open({ max: 5 }) },
  }),
  vmalert_iteration_duration_seconds_sum: counter({
    help: 'Time spent on evaluating a group of rules.',
    unit: seconds,
    labels: { group: open({ max: 10 }), file: open({ max: 5 }) },
  }),
  vmalert_iteration_duration_seconds_count: counter({
    help: 'Evaluations of a group of rules.',
    labels: { group: open({ max: 10 }), file: open({ max: 5 }) },
  }),
})
