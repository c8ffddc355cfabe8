import { type OneOf, oneOf, open } from './label.ts'
import { type Counter, counter, type Gauge, gauge, type Info, info, type Metric } from './metric.ts'
import { deadlineOf, hasOpenLabel } from './presence.ts'
import { flag } from './unit.ts'

/** The values of the label `reason` in `contract_refused_total`; the log has the exact reason. */
const refusalReasons = ['labels', 'value', 'number', 'definition'] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** The label value for refusals without a declared metric, such as those of `expect()` or of an invalid catalogue entry. */
export const otherMetric = 'other'

type Of = { readonly metric: OneOf<string> }

/** Metrics about the contract itself; every catalogue has them, and only the runtime writes them. */
export interface ContractMetrics {
  readonly contract_info: Info<{ readonly hash: OneOf<string> }>
  readonly contract_refused_total: Counter<Of & { readonly reason: OneOf<RefusalReason> }, 'count'>
  readonly contract_overflow_total: Counter<Of, 'count'>
  readonly contract_collector_failures_total: Counter<Of, 'count'>
  readonly contract_never_set: Gauge<Of, 'flag'>
  readonly contract_warming_up: Gauge<{}, 'flag'>
  readonly contract_warm_up_overdue: Gauge<{}, 'flag'>
}

export type ContractKey = keyof ContractMetrics

export const contractKeys: readonly ContractKey[] = Object.freeze([
  'contract_info',
  'contract_refused_total',
  'contract_overflow_total',
  'contract_collector_failures_total',
  'contract_never_set',
  'contract_warming_up',
  'contract_warm_up_overdue',
])

export const isContractKey = (key: string): key is ContractKey => (contractKeys as readonly string[]).includes(key)

/** The contract metrics for these declared metrics, which must be named already; `metric` is a closed label with their names. */
export function contractMetrics(declared: readonly Metric[]): Readonly<Record<ContractKey, object>> {
  const all = oneOf(...new Set(declared.map(({ name }) => name)), otherMetric)
  // a label must not be empty
  const those = (is: (metric: Metric) => boolean) => {
    const names = new Set(declared.filter(is).map(({ name }) => name))
    return oneOf(...(names.size > 0 ? names : [otherMetric]))
  }
  return {
    contract_info: info({
      help: 'The contract the bot runs with: the first 16 digits of the hash of its metrics.',
      labels: { hash: open({ max: 1 }) },
    }),
    contract_refused_total: counter({
      help: 'Samples refused and not recorded, by metric and reason.',
      labels: { metric: all, reason: oneOf(...refusalReasons) },
    }),
    contract_overflow_total: counter({
      help: 'Samples recorded in the overflow series because an open label has more values than its budget.',
      labels: { metric: those(canOverflow) },
    }),
    contract_collector_failures_total: counter({
      help: 'Values left out of a scrape because the function computing them threw, timed out or returned no number.',
      labels: { metric: those(canCollect) },
    }),
    contract_never_set: gauge({
      help: '1 while a metric that should have been set by now has never been set.',
      unit: flag,
      labels: { metric: those(mustBeSet) },
      initially: 0,
      additive: false,
    }),
    contract_warming_up: gauge({
      help: '1 while the bot warms up, until it is ready and at most until the limit of its warm-up.',
      unit: flag,
      initially: 0,
      additive: false,
    }),
    contract_warm_up_overdue: gauge({
      help: '1 once the limit of the warm-up has passed, until the bot is ready.',
      unit: flag,
      initially: 0,
      additive: false,
    }),
  }
}

/** A contract metric extended to all metrics of a bot that merges several catalogues. */
export function overAll<M extends Metric>(metric: M, declared: readonly Metric[]): M {
  if (!metric.ofContract || !isContractKey(metric.key)) return metric
  const { labels } = contractMetrics(declared)[metric.key] as Metric
  return Object.freeze({ ...metric, labels })
}

/** The metrics of a bot, with the contract metrics covering all of them even if they come from several catalogues. */
export function wholeContract(metrics: Readonly<Record<string, Metric>>): Readonly<Record<string, Metric>> {
  const declared = Object.values(metrics).filter(({ ofContract }) => !ofContract)
  return changed(metrics, (metric) => [overAll(metric, declared)])
}

/** The metrics that the bot itself declared. */
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

/** Whether its samples can go to an overflow series. */
const canOverflow = (metric: Metric): boolean => metric.kind !== 'info' && hasOpenLabel(metric)

/** Whether the bot can compute its values at the scrape. */
const canCollect = ({ kind, computed }: Metric): boolean => kind === 'gauge' && computed === null

const mustBeSet = (metric: Metric): boolean => deadlineOf(metric) !== null
