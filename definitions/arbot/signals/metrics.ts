import { counter, deviation, histogram, percent } from '../../language/metrics.ts'
import { rejection, strategy } from '../labels.ts'
import { withLabels } from '../metric-deviations.ts'

/** What strategies detect, and what becomes of it. */
export const signalMetrics = {
  signals_detected_total: counter({
    help: 'Signals that strategies detected.',
    labels: { strategy },
    deviates: withLabels(
      'signals_detected_total',
      'strategy',
      'the share of each strategy is a panel of the document: Spatial, Triangular and Statistical.',
    ),
  }),
  signals_executed_total: counter({
    help: 'Signals for which legs were sent.',
    labels: { strategy },
    deviates: withLabels(
      'signals_executed_total',
      'strategy',
      'the execution rate divides it by the signals detected, and both sides need the same labels.',
    ),
  }),
  signals_rejected_total: counter({
    help: 'Signals that were not executed, by the first reason that applied.',
    labels: { strategy, reason: rejection },
    deviates: withLabels(
      'signals_rejected_total',
      'strategy and reason',
      'most spreads are smaller than their fees, so a rejection below the minimum edge is ordinary and any other one is not.',
    ),
  }),
  signal_spread_pct: histogram({
    help: 'Spread of a detected signal before fees.',
    unit: percent,
    labels: { strategy },
    buckets: [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10],
    deviates: deviation(
      'signal_spread_pct is the spread that was detected, without type or labels',
      'As a gauge it is the spread of whichever signal came last: the distribution of each strategy is counted.',
    ),
  }),
}
