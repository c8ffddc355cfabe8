import { isOpen, type Label, type OneOf, oneOf, open } from './label.ts'
import { type Counter, counter, type Gauge, gauge, type Info, info, type Metric } from './metric.ts'
import { flag } from './unit.ts'

/** Why samples are refused, as the contract's own metric counts it; the log says it more exactly. */
const refusalReasons = ['labels', 'value', 'number', 'definition'] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** Stands for what is no declared metric, such as `expect()` or a key that is not in the catalogue. */
export const otherMetric = 'other'

type Of = { readonly metric: OneOf<string> }

/** What the runtime says about the contract itself; every catalogue has these, and only the runtime writes them. */
export interface ContractMetrics {
  readonly contract_info: Info<{ readonly hash: OneOf<string> }>
  readonly contract_refused_total: Counter<Of & { readonly reason: OneOf<RefusalReason> }, 'count'>
  readonly contract_overflow_total: Counter<Of, 'count'>
  readonly contract_collector_failures_total: Counter<Of, 'count'>
  readonly contract_never_set: Gauge<Of, 'flag'>
}

export type ContractKey = keyof ContractMetrics

export const contractKeys: readonly ContractKey[] = Object.freeze([
  'contract_info',
  'contract_refused_total',
  'contract_overflow_total',
  'contract_collector_failures_total',
  'contract_never_set',
])

export const isContractKey = (key: string): key is ContractKey => (contractKeys as readonly string[]).includes(key)

/** The contract's own metrics beside those declared, which have their names already; a closed value for each it can be about. */
export function contractMetrics(declared: readonly Metric[]): Readonly<Record<ContractKey, object>> {
  const all = oneOf(...new Set(declared.map(({ name }) => name)), otherMetric)
  // a label without values would be a fault of ours
  const those = (is: (metric: Metric) => boolean) => {
    const names = new Set(declared.filter(is).map(({ name }) => name))
    return oneOf(...(names.size > 0 ? names : [otherMetric]))
  }
  return {
    contract_info: info({
      help: 'The contract that the bot runs with: the beginning of the hash of its metrics.',
      labels: { hash: open({ max: 1 }) },
    }),
    contract_refused_total: counter({
      help: 'Samples that were not recorded, by metric and by what was wrong with them.',
      labels: { metric: all, reason: oneOf(...refusalReasons) },
    }),
    contract_overflow_total: counter({
      help: 'Samples recorded in the overflow series, because an open label has more values than its budget.',
      labels: { metric: those(canOverflow) },
    }),
    contract_collector_failures_total: counter({
      help: 'Values that were left out of a scrape, because what computes them threw, was late or gave no number.',
      labels: { metric: those(canCollect) },
    }),
    contract_never_set: gauge({
      help: '1 while a metric that should have been set by now has never been set.',
      unit: flag,
      labels: { metric: those(mustBeSet) },
      initially: 0,
      additive: false,
    }),
  }
}

/** A catalogue's metric about the contract, over all metrics of a bot whose metrics come from several catalogues. */
export function overAll<M extends Metric>(metric: M, declared: readonly Metric[]): M {
  if (!metric.ofContract || !isContractKey(metric.key)) return metric
  const { labels } = contractMetrics(declared)[metric.key] as Metric
  return Object.freeze({ ...metric, labels })
}

/** The metrics of a bot, where those about the contract are about all of them, also if they come from several catalogues. */
export function wholeContract(metrics: Readonly<Record<string, Metric>>): Readonly<Record<string, Metric>> {
  const declared = Object.values(metrics).filter(({ ofContract }) => !ofContract)
  return changed(metrics, (metric) => [overAll(metric, declared)])
}

/** The metrics that a bot itself declared. */
export const withoutContract = (metrics: Readonly<Record<string, Metric>>): Readonly<Record<string, Metric>> =>
  changed(metrics, (metric) => (metric.ofContract ? [] : [metric]))

function changed(
  metrics: Readonly<Record<string, Metric>>,
  change: (metric: Metric) => readonly Metric[],
): Readonly<Record<string, Metric>> {
  const made: Record<string, Metric> = { ...metrics }
  for (const [key, metric] of Object.entries(metrics)) {
    const [next] = change(metric)
    if (next === undefined) delete made[key]
    else made[key] = next
  }
  return Object.freeze(made)
}

/** Whether its samples can fall into an overflow series. */
const canOverflow = ({ kind, labels }: Metric): boolean =>
  kind !== 'info' && Object.values(labels).some((label) => isOpen(label as Label))

/** Whether its values can be computed at the scrape by the bot. */
const canCollect = ({ kind, computed }: Metric): boolean => kind === 'gauge' && computed === null

const mustBeSet = ({ mustBeSetWithin }: Metric): boolean => mustBeSetWithin !== null
