import { external } from '../language/catalogue.ts'
import type { ContractMetrics } from '../language/contract-metrics.ts'
import { gauge } from '../language/metric.ts'
import { max, sum } from '../language/query/aggregate.ts'
import { series } from '../language/query/series.ts'
import { increase } from '../language/query/window.ts'
import { flag, items } from '../language/unit.ts'

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
/** What was refused before the first scrape, which no increase sees: a counter that was not there ten minutes ago, and is above 0. */
export const refusedBefore = ({ contract_refused_total: { total } }: ContractSeries) =>
  max(total.unless(total.offset('10m'))).by('instance', 'metric', 'reason')
export const overflowBefore = ({ contract_overflow_total: { total } }: ContractSeries) =>
  max(total.unless(total.offset('10m'))).by('instance', 'metric')
export const overflowIn10m = (of: ContractSeries) =>
  sum(increase(of.contract_overflow_total, '10m')).by('instance', 'metric')
export const failuresIn5m = (of: ContractSeries) =>
  sum(increase(of.contract_collector_failures_total, '5m')).by('instance', 'metric')
/** In the five minutes before those. */
export const failuresBefore = (of: ContractSeries) =>
  sum(increase(of.contract_collector_failures_total.offset('5m'), '5m')).by('instance', 'metric')

/** What the bot is held to. */
export interface ContractLimits {
  /** Of the contract, as `contract_info` carries it. */
  readonly hash: string
  /** Samples of a scrape above which Prometheus refuses all of it. */
  readonly samples: number
}
