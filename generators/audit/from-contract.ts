import { leText } from '../../definitions/language/bucket.ts'
import type { Contract } from '../contract/schema.ts'
import { anyDomain, closedDomain, type Domain, optional } from '../meaning/domain.ts'
import { atLeast, exactly, type Interval, truth, whatever } from '../meaning/interval.ts'
import type { LabelDomains } from '../meaning/labels.ts'
import type { SeriesFamily, SeriesType } from '../meaning/world.ts'
import type { Evidence } from './evidence.ts'

type Metric = Contract['metrics'][number]

/** What a contract says: all that its bot exposes. */
export const fromContract = (contract: Contract, name: string): Evidence => ({
  sources: [{ name, kind: 'contract', extent: `the contract of ${contract.bot}, ${contract.metrics.length} metrics` }],
  seen: new Map(),
  contracts: [contract],
  ofOthers: new Set(),
})

/** The series that a bot may expose, by name, with the labels that a scrape adds. */
export function contractFamilies(contract: Contract): readonly SeriesFamily[] {
  const scrape = contract.targetLabels.map((label): readonly [string, Domain] => [label, scrapeDomain(contract, label)])
  return contract.metrics.flatMap((metric) => metric.series.map((name) => familyOf(metric, name, scrape)))
}

function scrapeDomain({ bot, environments }: Contract, label: string): Domain {
  // Prometheus itself adds these; the others come from a configuration that may not be ours
  if (label === 'job' || label === 'instance') return anyDomain()
  if (label === 'bot') return optional(closedDomain(bot))
  return label === 'env' ? optional(closedDomain(...environments)) : optional(anyDomain())
}

function familyOf(metric: Metric, name: string, scrape: readonly (readonly [string, Domain])[]): SeriesFamily {
  const own = Object.entries(metric.labels).map(([label, of]): readonly [string, Domain] => [
    label,
    'values' in of ? closedDomain(...of.values) : anyDomain(),
  ])
  const isBucket = metric.buckets !== null && name === `${metric.name}_bucket`
  const bounds = closedDomain(...(metric.buckets ?? []).map(leText), '+Inf')
  const labels: LabelDomains = new Map([...own, ...scrape, ...(isBucket ? [['le', bounds] as const] : [])])
  return Object.freeze({
    name,
    labels,
    key: null,
    type: isBucket ? 'bucket' : types[metric.kind],
    every: null,
    unit: null,
    values: valuesOf(metric, isBucket || name.endsWith('_count')),
    absent: ['down'] as const,
    series: Infinity,
    metric: null,
    foreign: true,
  })
}

const types: Readonly<Record<Metric['kind'], SeriesType>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'counter',
  info: 'info',
  stateSet: 'state',
}

function valuesOf(metric: Metric, counts: boolean): Interval {
  switch (metric.kind) {
    case 'counter':
      return atLeast(0)
    case 'histogram':
      return counts ? atLeast(0) : whatever
    case 'info':
      return exactly(1)
    case 'stateSet':
      return truth
    case 'gauge':
      return metric.unit === 'flag' ? truth : metric.computed === 'age' ? atLeast(0) : whatever
  }
}
