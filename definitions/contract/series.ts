import { external } from '../language/catalogue.ts'
import type { ContractMetrics } from '../language/contract-metrics.ts'
import { gauge } from '../language/metric.ts'
import { max, sum } from '../language/query/aggregate.ts'
import { series } from '../language/query/series.ts'
import { increase } from '../language/query/window.ts'
import { flag, items } from '../language/unit.ts'

/** The metrics of Prometheus about each scrape that contract monitoring uses. */
export const scrapeMetrics = external({
  up: gauge({ help: 'Whether the target answered the last scrape.', unit: flag, additive: false }),
  scrape_samples_scraped: gauge({ help: 'Samples that the target exposed.', unit: items }),
  scrape_samples_post_metric_relabeling: gauge({
    help: 'Samples of the target that were left after undeclared ones were dropped.',
    unit: items,
  }),
})

/** A bot's metrics about its contract and Prometheus' metrics about its scrapes, for rules and panels. */
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

/** Refused samples by instance, metric and reason, over the window of the alert. */
export const refusedIn10m = (of: ContractSeries) =>
  sum(increase(of.contract_refused_total, '10m')).by('instance', 'metric', 'reason')
/** Samples refused before the first scrape, which increase() misses: a counter that did not exist ten minutes ago and is above 0. */
export const refusedBefore = ({ contract_refused_total: { total } }: ContractSeries) =>
  max(total.unless(total.offset('10m'))).by('instance', 'metric', 'reason')
export const overflowBefore = ({ contract_overflow_total: { total } }: ContractSeries) =>
  max(total.unless(total.offset('10m'))).by('instance', 'metric')
export const overflowIn10m = (of: ContractSeries) =>
  sum(increase(of.contract_overflow_total, '10m')).by('instance', 'metric')
export const failuresIn5m = (of: ContractSeries) =>
  sum(increase(of.contract_collector_failures_total, '5m')).by('instance', 'metric')
/** The same for the five minutes before. */
export const failuresBefore = (of: ContractSeries) =>
  sum(increase(of.contract_collector_failures_total.offset('5m'), '5m')).by('instance', 'metric')

/** The limits that the alerts check the bot against. */
export interface ContractLimits {
  /** The short contract hash, as in `contract_info`. */
  readonly hash: string
  /** Samples per scrape above which Prometheus rejects the whole scrape. */
  readonly samples: number
  /** Samples of an hour in which the bot may warm up, half of them: more look like a bot that never gets ready. */
  readonly warmUpSamples: number
}
