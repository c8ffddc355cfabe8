import { type AnyAlert, alert, alerts } from '../language/alert.ts'
import { act, check, decide, look, note, type Step } from '../language/runbook.ts'
import { text } from '../language/text.ts'
import { flag } from '../language/unit.ts'
import type { ContractPanels } from './dashboard.ts'
import type { ContractSeries } from './series.ts'

/** A metric with a deadline, and the alerts that cannot fire until it is set. */
export interface DueMetric {
  readonly name: string
  readonly alerts: readonly { readonly name: string; readonly severity: string }[]
}

/** The alerts on metrics that were not set in time: critical for those that a critical alert depends on. */
export function neverSetAlerts(
  of: ContractSeries,
  panels: ContractPanels,
  due: readonly DueMetric[],
): Readonly<Record<string, AnyAlert>> {
  const urgent = due.filter((metric) => metric.alerts.some(({ severity }) => severity === 'critical'))
  const others = due.filter((metric) => !urgent.includes(metric))
  const flagged = (metrics: readonly DueMetric[]) =>
    metrics.length === due.length
      ? of.contract_never_set
      : of.contract_never_set.where({ metric: metrics.map(({ name }) => name) })
  return {
    ...(urgent.length === 0
      ? {}
      : alerts({ ContractCriticalMetricNeverSet: critical(of, panels, flagged(urgent), urgent) })),
    ...(urgent.length > 0 && others.length === 0
      ? {}
      : alerts({ ContractMetricNeverSet: warning(of, panels, flagged(others), others) })),
  }
}

type Flagged = ContractSeries['contract_never_set']

const critical = (of: ContractSeries, panels: ContractPanels, flagged: Flagged, due: readonly DueMetric[]) =>
  alert({
    when: flagged.eq(flag(1)),
    for: '30s',
    severity: 'critical',
    summary: (l) => text`${l.instance} has never set ${l.metric}: critical alerts that depend on it cannot fire`,
    resolved: (l) => text`${l.instance} has set ${l.metric}`,
    runbook: {
      cause:
        'The part of the bot that sets the metric did not start, or the metric was forgotten. Critical alerts depend on it: whatever they watch for would go unnoticed.',
      steps: [
        act('Watch positions and open orders at the exchange yourself until it is set, or stop the bot.'),
        check(
          'positions and open orders at the exchange',
          'the part that did not start may be the one that manages them',
        ),
        check('the bot’s log with `docker compose logs --tail 200`', 'what started, and what did not?'),
        look(panels.neverSet, 'which metric, and since which start?'),
        repairOrRemove(of),
        blind(due),
      ],
    },
  })

const warning = (of: ContractSeries, panels: ContractPanels, flagged: Flagged, due: readonly DueMetric[]) =>
  alert({
    when: flagged.eq(flag(1)),
    for: '1m',
    severity: 'warning',
    summary: (l) => text`${l.instance} has never set ${l.metric}, which should be set by now`,
    resolved: (l) => text`${l.instance} has set ${l.metric}`,
    runbook: {
      cause:
        'The metric must be set soon after the bot starts, but the bot has not set it: the component that sets it did not start, or was forgotten.',
      steps: [
        look(panels.neverSet, 'which metric, and since which start?'),
        repairOrRemove(of),
        check('the bot’s log with `docker compose logs --tail 200`', 'did the component that sets it start?'),
        ...(due.some((metric) => metric.alerts.length > 0) ? [blind(due)] : []),
      ],
    },
  })

const repairOrRemove = (of: ContractSeries): Step =>
  decide(
    note`If the component should run, repair it and restart the bot: ${of.contract_never_set} returns to 0 with the first value. If it should not, remove the metric’s mustBeSetWithin.`,
  )

/** The alerts that cannot fire, by metric. */
const blind = (due: readonly DueMetric[]): Step =>
  decide(
    `Until then, watch what these alerts cannot report, or stop the bot: ${due
      .filter((metric) => metric.alerts.length > 0)
      .map((metric) => `${metric.alerts.map(({ name }) => name).join(', ')} without ${metric.name}`)
      .join('; ')}.`,
  )
