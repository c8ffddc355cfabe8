import { dashboard } from '../language/dashboard.ts'
import { gauge, stat, stateTimeline, table, timeseries } from '../language/panel.ts'
import { count, max, sum } from '../language/query/aggregate.ts'
import { vector } from '../language/query/functions.ts'
import { increase } from '../language/query/window.ts'
import { flag, percent, ratio } from '../language/unit.ts'
import { type ContractLimits, type ContractSeries, failuresIn5m, overflowIn10m, refusedIn10m } from './series.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const
const anyIsBad = [{ severity: 'warning', above: 0 }] as const

/** Stat panels for the top row. */
const glance = (of: ContractSeries, { hash, samples }: ContractLimits) => ({
  mismatched: stat({
    title: 'On a different contract',
    description: 'Responding processes that were not built from the definitions of the loaded rules.',
    show: count(of.up.eq(flag(1)))
      .across('bot', 'env')
      .minus(count(of.contract_info.where({ hash })).across('bot', 'env').or(vector(0))),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
    emptyMeans: 'no process responds',
  }),
  refusedNow: stat({
    title: 'Refused, 10 min',
    description: 'Samples not recorded because the contract does not allow them.',
    show: sum(increase(of.contract_refused_total, '10m')),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
  }),
  overflowNow: stat({
    title: 'Over budget, 10 min',
    description: 'Samples recorded in one shared series because a label has more values than its budget.',
    show: sum(increase(of.contract_overflow_total, '10m')),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
  }),
  failuresNow: stat({
    title: 'Not computed, 5 min',
    description: 'Values left out of a scrape because computing them failed.',
    show: sum(increase(of.contract_collector_failures_total, '5m')),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
  }),
  neverSetNow: stat({
    title: 'Never set',
    description: 'Whether any metric that should be set by now has never been set.',
    show: max(of.contract_never_set),
    meanings: { ...none, 1: { text: 'SOME', colour: 'orange' } },
    emptyMeans: 'no metric has to be set',
  }),
  sampleShare: gauge({
    title: 'Samples, share of limit',
    description: `Above ${samples.toLocaleString('en-US')} samples Prometheus rejects the whole scrape.`,
    show: of.kept.div(samples).as(ratio),
    limits: [
      { severity: 'warning', above: percent(80) },
      { severity: 'critical', above: percent(100) },
    ],
    min: 0,
    max: 1,
  }),
})

/** Panels on samples not recorded as written, on what Prometheus keeps, and on the running contract. */
const detail = (of: ContractSeries, { hash }: ContractLimits) => ({
  running: table({
    title: 'Running contract',
    description: `The contract that each process was built from. The loaded rules expect ${hash}.`,
    show: of.contract_info,
    height: 5,
  }),
  neverSet: timeseries({
    title: 'Declared but never set',
    show: of.contract_never_set.gt(flag(0)),
    emptyMeans: 'everything that must be set has been set',
  }),
  warmUp: stateTimeline({
    title: 'Warm-up',
    description: 'Whether the bot warms up, within its limit or for longer.',
    show: { 'warming up': of.contract_warming_up, overdue: of.contract_warm_up_overdue },
    meanings: { 0: { text: 'no', colour: 'green' }, 1: { text: 'yes', colour: 'orange' } },
    height: 5,
  }),
  refused: timeseries({
    title: 'Samples refused, 10 minutes',
    show: refusedIn10m(of).gt(0),
    bars: true,
    decimals: 0,
    emptyMeans: 'nothing was refused',
  }),
  overflow: timeseries({
    title: 'Samples over budget, 10 minutes',
    show: overflowIn10m(of).gt(0),
    bars: true,
    decimals: 0,
    emptyMeans: 'no label exceeds its budget',
  }),
  failures: timeseries({
    title: 'Not computed, 5 minutes',
    show: failuresIn5m(of).gt(0),
    bars: true,
    decimals: 0,
    emptyMeans: 'every computation succeeded',
  }),
  samples: timeseries({
    title: 'Samples per scrape',
    show: { exposed: of.exposed, kept: of.kept },
    colours: { exposed: 'grey', kept: 'blue' },
    min: 0,
  }),
  dropped: timeseries({
    title: 'Undeclared samples dropped',
    description: 'Samples that the bot exposes but its contract does not have; Prometheus drops them.',
    show: of.exposed.minus(of.kept),
    min: 0,
    decimals: 0,
  }),
})

/** The dashboard on whether the bot keeps its contract, and on the samples that broke it. */
export const contractDashboard = (of: ContractSeries, limits: ContractLimits) =>
  dashboard({
    title: 'Contract',
    description: 'Whether the bot emits exactly what its rules and dashboards rely on.',
    panels: { ...glance(of, limits), ...detail(of, limits) },
    rows: {
      'At a glance': ['mismatched', 'refusedNow', 'overflowNow', 'failuresNow', 'neverSetNow', 'sampleShare'],
      'Not recorded as written': ['refused', 'overflow', 'failures', 'neverSet'],
      'Kept by Prometheus': ['samples', 'dropped'],
      'Running contract': ['running', 'warmUp'],
    },
  })

/** The panels of the contract dashboard, for use in runbooks. */
export type ContractPanels = ReturnType<typeof contractDashboard>['panels']
