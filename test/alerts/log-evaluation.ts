import type { Fires, Proofs } from './case.ts'

const evaluator = (name: string, labels?: string) =>
  `${name}{job="vmalert", instance="vmalert"${labels === undefined ? '' : `, ${labels}`}}`

/** The cases of the alerts on the evaluation of alerts on lines. */
export function evaluationProofs({ labels }: Pick<Fires, 'labels'>): Proofs {
  const failed = evaluator('vmalert_execution_errors_total')
  const unsent = evaluator('vmalert_alerts_send_errors_total', 'addr="http://alertmanager:9093/api/v2/alerts"')
  return {
    LogRulesFailing: {
      fires: {
        'a rule fails at each evaluation': {
          given: { [failed]: '0x7 1+1x31 32x39' },
          from: '5m',
          to: '11m30s',
          labels,
          says: 'vmalert fails to evaluate alerts on the log: those cannot fire',
        },
      },
      silent: { 'while the store is restarted': { [failed]: '0x7 1+1x3 4x50' } },
      healthy: { [failed]: '0x60' },
    },
    LogAlertsNotSent: {
      fires: {
        'Alertmanager takes none': {
          given: { [unsent]: '0x7 1+1x31 32x49' },
          from: '5m',
          to: '14m30s',
          labels,
          says: 'vmalert cannot send to Alertmanager: alerts on the log reach nobody',
        },
      },
      silent: { 'one attempt fails': { [unsent]: '0x7 1x50' }, 'a long time ago': { [unsent]: '9x60' } },
      healthy: { [unsent]: '0x60' },
    },
  }
}
