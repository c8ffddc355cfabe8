import { dashboard } from '../language/dashboard.ts'
import { gauge, stat, table, timeseries } from '../language/panel.ts'
import { count, max, sum } from '../language/query/aggregate.ts'
import { vector } from '../language/query/functions.ts'
import { increase } from '../language/query/window.ts'
import { flag, percent, ratio } from '../language/unit.ts'
import { type ContractLimits, type ContractSeries, failuresIn5m, overflowIn10m, refusedIn10m } from './series.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const
const anyIsBad = [{ severity: 'warning', above: 0 }] as const

/** The answer in a row of single figures. */
const glance = (of: ContractSeries, { hash, samples }: ContractLimits) => ({
  mismatched: stat({
    title: 'On another contract',
    description: 'Processes that answer and were not built from the definitions of these rules.',
    show: count(of.up.eq(flag(1)))
      .across('bot', 'env')
      .minus(count(of.contract_info.where({ hash })).across('bot', 'env').or(vector(0))),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
    emptyMeans: 'no process answers',
  }),
  refusedNow: stat({
    title: 'Refused, 10 min',
    description: 'Samples that were not recorded: their labels or values are not those of the contract.',
    show: sum(increase(of.contract_refused_total, '10m')),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
  }),
  overflowNow: stat({
    title: 'Over a budget, 10 min',
    description: 'Samples that share one series, because a label has more values than its budget.',
    show: sum(increase(of.contract_overflow_total, '10m')),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
  }),
  failuresNow: stat({
    title: 'Not computed, 5 min',
    description: 'Values left out of a scrape, because what computes them failed.',
    show: sum(increase(of.contract_collector_failures_total, '5m')),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
  }),
  neverSetNow: stat({
    title: 'Never set',
    description: 'Whether there are metrics that must be set by now, and are not.',
    show: max(of.contract_never_set),
    meanings: { ...none, 1: { text: 'SOME', colour: 'orange' } },
    emptyMeans: 'nothing has to be',
  }),
  sampleShare: gauge({
    title: 'Scrape, of its limit',
    description: `Above ${samples.toLocaleString('en-US')} samples Prometheus takes none of them.`,
    show: of.kept.div(samples).as(ratio),
    limits: [
      { severity: 'warning', above: percent(80) },
      { severity: 'critical', above: percent(100) },
    ],
    min: 0,
    max: 1,
  }),
})

/** What was not recorded as it came, what Prometheus keeps, and what runs. */
const detail = (of: ContractSeries, { hash }: ContractLimits) => ({
  running: table({
    title: 'Contract that runs',
    description: `Each process says which contract it was built from. The one of these rules is ${hash}.`,
    show: of.contract_info,
    height: 5,
  }),
  neverSet: timeseries({
    title: 'Declared, and never set',
    show: of.contract_never_set.gt(flag(0)),
    emptyMeans: 'everything that must be set has been set',
  }),
  refused: timeseries({
    title: 'Samples refused, 10 minutes',
    show: refusedIn10m(of).gt(0),
    bars: true,
    decimals: 0,
    emptyMeans: 'nothing was refused',
  }),
  overflow: timeseries({
    title: 'Samples over a budget, 10 minutes',
    show: overflowIn10m(of).gt(0),
    bars: true,
    decimals: 0,
    emptyMeans: 'no label has more values than its budget',
  }),
  failures: timeseries({
    title: 'Values not computed, 5 minutes',
    show: failuresIn5m(of).gt(0),
    bars: true,
    decimals: 0,
    emptyMeans: 'everything that computes a value gave one',
  }),
  samples: timeseries({
    title: 'Samples of a scrape',
    show: { exposed: of.exposed, kept: of.kept },
    colours: { exposed: 'grey', kept: 'blue' },
    min: 0,
  }),
  dropped: timeseries({
    title: 'Samples dropped, undeclared',
    description: 'What the bot exposes and its contract does not have; Prometheus keeps none of it.',
    show: of.exposed.minus(of.kept),
    min: 0,
    decimals: 0,
  }),
})

/** Whether the bot keeps its contract, and what became of the samples that did not. */
export const contractDashboard = (of: ContractSeries, limits: ContractLimits) =>
  dashboard({
    title: 'Contract',
    description: 'Whether the bot emits exactly what its rules and dashboards stand on.',
    panels: { ...glance(of, limits), ...detail(of, limits) },
    rows: {
      'At a glance': ['mismatched', 'refusedNow', 'overflowNow', 'failuresNow', 'neverSetNow', 'sampleShare'],
      'What was not recorded as it came': ['refused', 'overflow', 'failures', 'neverSet'],
      'What Prometheus keeps': ['samples', 'dropped'],
      'What runs': ['running'],
    },
  })

/** Its panels, to look at in runbooks. */
export type ContractPanels = ReturnType<typeof contractDashboard>['panels']
