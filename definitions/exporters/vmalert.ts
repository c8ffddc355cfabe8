import { counter, external, open } from '../language/metrics.ts'

/** The metrics of vmalert, which evaluates alerts on log lines. */
export const vmalert = external({
  vmalert_execution_errors_total: counter({ help: 'Evaluations of rules that failed.' }),
  vmalert_alerts_send_errors_total: counter({
    help: 'Alerts that an Alertmanager did not take.',
    labels: { addr: open({ max: 5 }) },
  }),
})
