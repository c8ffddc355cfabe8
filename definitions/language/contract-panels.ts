import { external } from './catalogue.ts'
import type { ContractMetrics } from './contract-metrics.ts'
import { dashboard } from './dashboard.ts'
import { gauge } from './metric.ts'
import { table, timeseries } from './panel.ts'
import { sum } from './query/aggregate.ts'
import { series } from './query/series.ts'
import { increase } from './query/window.ts'
import { flag, items } from './unit.ts'

/** What Prometheus says of each scrape, as far as the contract is watched by it. */
export const scrapeMetrics = external({
  up: gauge({ help: 'Whether the target answered the last scrape.', unit: flag, additive: false }),
  scrape_samples_scraped: gauge({ help: 'Samples that the target exposed.', unit: items }),
  scrape_samples_post_metric_relabeling: gauge({
    help: 'Samples of the target that were left after what is not declared was dropped.',
    unit: items,
  }),
})

/** A bot's metrics about its contract, and what Prometheus says of its scrapes, to ask in rules and panels. */
export function contractSeries(metrics: ContractMetrics, job: string) {
  const scraped = series(scrapeMetrics)
  return {
    ...series(metrics),
    up: scraped.up.where({ job }),
    exposed: scraped.scrape_samples_scraped.where({ job }),
    kept: scraped.scrape_samples_post_metric_relabeling.where({ job }),
  }
}
export type ContractSeries = ReturnType<typeof contractSeries>

/** Refused samples by instance, metric and reason; the window is that of the alert. */
export const refusedIn10m = (of: ContractSeries) =>
  sum(increase(of.contract_refused_total, '10m')).by('instance', 'metric', 'reason')
export const overflowIn10m = (of: ContractSeries) =>
  sum(increase(of.contract_overflow_total, '10m')).by('instance', 'metric')
export const failuresIn10m = (of: ContractSeries) =>
  sum(increase(of.contract_collector_failures_total, '10m')).by('instance', 'metric')

/** Whether the bot keeps its contract, and what became of the samples that did not. */
export const contractDashboard = (of: ContractSeries) =>
  dashboard({
    title: 'Contract',
    description: 'Whether the bot emits exactly what its rules and dashboards stand on.',
    panels: {
      running: table({ title: 'Contract that runs', show: of.contract_info }),
      neverSet: timeseries({
        title: 'Declared, and never set',
        show: of.contract_never_set.gt(flag(0)),
        emptyMeans: 'everything that must be set has been set',
      }),
      refused: timeseries({
        title: 'Samples refused, 10 minutes',
        show: refusedIn10m(of).gt(0),
        bars: true,
        emptyMeans: 'nothing was refused',
      }),
      overflow: timeseries({
        title: 'Samples over a budget, 10 minutes',
        show: overflowIn10m(of).gt(0),
        bars: true,
        emptyMeans: 'no label has more values than its budget',
      }),
      failures: timeseries({
        title: 'Values not computed, 10 minutes',
        show: failuresIn10m(of).gt(0),
        bars: true,
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
        show: of.exposed.minus(of.kept),
        min: 0,
      }),
    },
    rows: {
      Contract: ['running', 'neverSet'],
      'What was not recorded as it came': ['refused', 'overflow', 'failures'],
      'What Prometheus keeps': ['samples', 'dropped'],
    },
  })

/** Its panels, to look at in runbooks. */
export type ContractPanels = ReturnType<typeof contractDashboard>['panels']
