import { alert, alerts } from '../language/alert.ts'
import type { Labels } from '../language/label.ts'
import { sum } from '../language/query/aggregate.ts'
import type { CounterSeries } from '../language/query/series.ts'
import { increase } from '../language/query/window.ts'
import { check, decide, look, run } from '../language/runbook.ts'
import { logPanels } from './dashboard.ts'
import type { Down } from './down.ts'
import { evaluator } from './series.ts'
import type { Blind } from './space.ts'

/** Whether errors were counted both in the last two minutes and in those before. */
const keepsGrowing = <L extends Labels>(errors: CounterSeries<L, 'count'>) =>
  sum(increase(errors, '2m'))
    .gt(0)
    .and(sum(increase(errors.offset('2m'), '2m')).gt(0))

/** Alerts on the evaluation of alerts on lines. */
export const evaluationAlerts = (severity: Blind, { LogStoreDown }: Down) =>
  alerts({
    LogRulesFailing: alert({
      when: keepsGrowing(evaluator.vmalert_execution_errors_total),
      // a restart of the store fails a few; if it stays down, LogStoreDown comes first
      for: '1m',
      keepFiringFor: '0s',
      severity,
      mutedBy: [LogStoreDown],
      hidesLines: true,
      summary: 'vmalert fails to evaluate alerts on the log: those cannot fire',
      resolved: 'vmalert has evaluated every alert on the log without an error for two minutes',
      runbook: {
        cause:
          'A query of an alert on lines fails: the store does not answer in time, or does not understand it. While it does, the alert does not fire, and Alertmanager takes it to be over after three minutes: the relay holds that RESOLVED back.',
        steps: [
          check('the log of vmalert with `docker compose logs --tail 50 vmalert`', 'which rule, and why?'),
          look(logPanels.failures, 'do evaluations fail, or take long?'),
          check('the load of the machine with `docker stats --no-stream`', 'is the store too slow?'),
          run('make apply', 'writes and loads the rules again'),
          decide('Until then, read the log yourself with `botwatch logs --level warn`.'),
        ],
      },
    }),
    LogAlertsNotSent: alert({
      when: keepsGrowing(evaluator.vmalert_alerts_send_errors_total),
      // a restart of Alertmanager fails a few
      for: '1m',
      severity,
      hidesLines: true,
      summary: 'vmalert cannot send to Alertmanager: alerts on the log reach nobody',
      resolved: 'vmalert has reached Alertmanager for two minutes',
      runbook: {
        cause:
          'Alerts on lines fire, but Alertmanager does not take them. Prometheus reaches it, or you would not read this.',
        steps: [
          check('the log of vmalert with `docker compose logs --tail 50 vmalert`', 'what does Alertmanager answer?'),
          look(logPanels.failures, 'does every notification fail?'),
          run('docker compose up -d alertmanager vmalert', 'starts what does not run'),
          check('what fires on vmalert’s own page', 'none of it was sent'),
        ],
      },
    }),
  })
