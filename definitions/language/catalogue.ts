import { type ContractKey, type ContractMetrics, contractMetrics, isContractKey } from './contract-metrics.ts'
import { durationFaults } from './duration.ts'
import { clashing, seriesNames } from './family.ts'
import { type Fault, fault } from './fault.ts'
import { isLabel, isOpen, type Labels, open } from './label.ts'
import type { Declared, Metric, StateSet } from './metric.ts'
import type { Mistake } from './mistake.ts'
import { type Retired, retiring } from './retired.ts'
import { stamp } from './stamp.ts'

type Layer = { readonly [name: string]: Declared }

type Fitting<M> = {
  readonly [K in keyof M]: K extends ContractKey
    ? Mistake<'the catalogue adds this metric about the contract by itself: call yours something else'>
    : M[K] extends { kind: 'counter' }
      ? K extends `${string}_total`
        ? unknown
        : Mistake<'the name of a counter ends in _total'>
      : unknown
}

type Twice = Mistake<'another layer declares a metric of this name: rename one of them, or leave one out'>
type Apart<L, Seen = never> = L extends readonly [infer First, ...infer Rest]
  ? readonly [Fitting<First> & { readonly [K in Seen & keyof First]: Twice }, ...Apart<Rest, Seen | keyof First>]
  : L
type Together<L> = L extends readonly [infer First, ...infer Rest] ? First & Together<Rest> : unknown

type Checked<M> = M extends readonly unknown[] ? Apart<M> : Fitting<M>
/** The metrics of one layer, or of a list of them. */
type Whole<M> = M extends readonly unknown[] ? Together<M> : M

/** A state set learns its label's name, which is its own, from the catalogue. */
type Named<M, Name extends string> = M extends StateSet<infer S, string> ? StateSet<S, Name> : M

/** The metrics declared under their names, and those about the contract itself. */
export type Catalogue<P extends string, M> = {
  readonly [K in keyof M]: Named<M[K], `${P}_${K & string}`>
} & ContractMetrics

/**
 * Gives each metric its name: the prefix, then its property key. Metrics in several files are given as a list of layers,
 * which sees a key that stands in two of them; spread into one object, the last would win in silence. Names in `retired`
 * were used once and never come back with another meaning; each has a sentence that says what took its place.
 */
export function catalogue<const P extends string, const M extends Layer | readonly Layer[]>(
  prefix: P,
  metrics: M & Checked<M>,
  options: { readonly retired?: Retired } = {},
): Catalogue<P, Whole<M>> {
  const retired = options.retired ?? {}
  const layers = Array.isArray(metrics) ? (metrics as readonly Layer[]) : [metrics as Layer]
  const twice = keysTwice(prefix, layers)
  const clashes = clashing()
  const declared: Readonly<Record<string, Metric>> = Object.assign({}, ...layers)
  const keyOf = firstKeys(declared)
  const named = Object.entries(declared).map(([key, metric]) => ({ ...metric, name: `${prefix}_${key}` }))
  const made = stamp<Metric>({ ...declared, ...contractMetrics(named), ...declared }, catalogue, (key, metric) => {
    const name = `${prefix}_${key}`
    const isOwn = Object.hasOwn(declared, key)
    const leader = keyOf.get(metric.endsWith) ?? null
    const finishing = { ...metric, ofContract: !isOwn, endsWith: leader === null ? null : `${prefix}_${leader}` }
    return finished(finishing, name, [
      ...(isOwn && isContractKey(key) ? [reservedFault(name)] : []),
      ...lifetimeFaults(name, metric, leader === null ? null : [leader, declared[leader] as Metric]),
      ...(twice.get(key) ?? []),
      ...retiredFaults(retired, { ...metric, name }),
      ...(metric.kind === 'counter' && !key.endsWith('_total')
        ? [fault('counter-name', `${name} is a counter, and its name does not end in _total`, `call it ${key}_total`)]
        : []),
      ...(metric.kind !== 'counter' && /_(total|bucket|count|sum|created)$/.test(name)
        ? [
            fault(
              'metric-suffix',
              `${name} ends in a word that Prometheus itself adds to the names of counters and histograms`,
              'rename it',
            ),
          ]
        : []),
      ...(metric.kind === 'info' && !name.endsWith('_info')
        ? [fault('info-name', `${name} is an info metric, and its name does not end in _info`, `call it ${key}_info`)]
        : []),
      ...clashes({ ...metric, name }),
    ])
  })
  return retiring(made, retired) as never
}

/** Of each key that stands in two layers, what says so, with the places where its metrics were made. */
function keysTwice(prefix: string, layers: readonly Layer[]): ReadonlyMap<string, readonly Fault[]> {
  const found = new Map<string, readonly Fault[]>()
  for (const key of new Set(layers.flatMap((layer) => Object.keys(layer)))) {
    const at = layers.flatMap((layer, i) => (Object.hasOwn(layer, key) ? [i] : []))
    if (at.length < 2) continue
    const message = `${prefix}_${key} is declared in ${at.length} layers, numbers ${at.map((i) => i + 1).join(' and ')} of the list: only one of them could be filled`
    const also = at.map((i) => ((layers[i] as Layer)[key] as Metric).where)
    found.set(key, [{ ...fault('metric-twice', message, 'rename one of them, or leave one out'), also }])
  }
  return found
}

const reservedFault = (name: string): Fault =>
  fault(
    'key-reserved',
    `${name} is a metric about the contract itself, which the catalogue adds and only the runtime writes`,
    'call yours something else',
  )

/** The key of each metric, since the option `endsWith` holds the gauge itself. */
function firstKeys(declared: Readonly<Record<string, Metric>>): ReadonlyMap<unknown, string> {
  const found = new Map<unknown, string>()
  for (const [key, metric] of Object.entries(declared)) if (!found.has(metric)) found.set(metric, key)
  return found
}

/** What is wrong with when a metric's series are expected, or end. */
function lifetimeFaults(
  name: string,
  metric: Metric,
  leader: readonly [key: string, gauge: Metric] | null,
): readonly Fault[] {
  const { mustBeSetWithin, initially } = metric
  const labels = (of: Metric) => Object.keys(of.labels).sort().join(', ') || 'none'
  return [
    ...(mustBeSetWithin === null ? [] : durationFaults(mustBeSetWithin, `${name}: mustBeSetWithin`)),
    ...(mustBeSetWithin !== null && initially !== null
      ? [
          fault(
            'must-be-set-initially',
            `${name} must be set within ${mustBeSetWithin}, and reads ${initially} before: nobody could tell that it was not set`,
            'leave one of the two out',
          ),
        ]
      : []),
    ...(metric.endsWith !== null && leader === null
      ? [
          fault(
            'ends-with-unknown',
            `${name} ends with a gauge that this catalogue does not hold`,
            'name a gauge of the same catalogue, by value',
          ),
        ]
      : []),
    ...(leader !== null && labels(leader[1]) !== labels(metric)
      ? [
          fault(
            'ends-with-labels',
            `${name} has the labels ${labels(metric)}, and ends with ${leader[0]}, which has ${labels(leader[1])}`,
            'give both the same labels',
          ),
        ]
      : []),
  ]
}

const retiredFaults = (retired: Retired, metric: Metric): readonly Fault[] =>
  seriesNames(metric)
    .filter((name) => Object.hasOwn(retired, name))
    .map((name) =>
      fault('name-retired', `${name} is retired: ${retired[name]}`, 'choose a new name, or remove it from `retired`'),
    )

/** Metrics that others expose and our rules or panels use; each property key is the whole exposed name. */
export function external<const M extends { readonly [name: string]: Declared }>(
  metrics: M,
): { readonly [K in keyof M]: M[K] } {
  return stamp<Metric>(metrics, external, (key, metric) => finished(metric, key, [])) as never
}

function finished(metric: Metric, name: string, more: readonly Fault[]): Metric {
  const given = metric.states === null ? metric.labels : { [name]: Object.freeze({ values: metric.states }) }
  const none = Object.keys(given).filter((label) => !isLabel(given[label]))
  // with something in their place, everything else that is wrong is found too
  const labels = Object.freeze({ ...given, ...Object.fromEntries(none.map((label) => [label, open({ max: 1 })])) })
  const wrong = none.map((label) =>
    fault(
      'label-kind',
      `${name}: label '${label}' is ${inWords(given[label])}, expected oneOf(…) or open({ max: … })`,
      'name its values, or say how many there can be',
    ),
  )
  return {
    ...metric,
    name,
    labels,
    faults: Object.freeze([...metric.faults, ...more, ...wrong, ...faultsOf({ ...metric, name, labels })]),
  }
}

function inWords(given: unknown): string {
  if (typeof given === 'string') return `the text '${given}'`
  return typeof given === 'object' && given !== null ? 'an object' : String(given)
}

const metricName = /^[a-zA-Z_][a-zA-Z0-9_]*$/
const reserved = new Set(['job', 'instance', 'bot', 'env', 'le', 'quantile', '__name__'])

function faultsOf(metric: Metric): Fault[] {
  const { name } = metric
  const found: Fault[] = []
  if (!metricName.test(name))
    found.push(fault('metric-name', `'${name}' is no metric name: letters, digits and _ only`, 'rename it'))
  if (metric.help.trim() === '')
    found.push(fault('help-missing', `${name} says nothing about what it measures`, 'write a help of one sentence'))
  for (const [label, domain] of Object.entries(metric.labels)) {
    if (reserved.has(label))
      found.push(
        fault('label-reserved', `${name}: the label '${label}' is set by Prometheus itself`, 'choose another name'),
      )
    else if (!metricName.test(label) || label.startsWith('__'))
      found.push(
        fault('label-name', `${name}: '${label}' is no label name`, 'use letters, digits and _, not beginning with __'),
      )
    if (isOpen(domain)) {
      if (!Number.isSafeInteger(domain.max) || domain.max < 1)
        found.push(
          fault(
            'label-budget',
            `${name}: label '${label}' has a budget of ${domain.max}, expected a whole number of at least 1`,
            'say how many values there can be',
          ),
        )
    } else {
      const wrong = wrongValues(domain.values)
      if (wrong !== null) found.push(fault('label-values', `${name}: label '${label}' has ${wrong[0]}`, wrong[1]))
    }
  }
  if (metric.buckets !== null) found.push(...bucketFaults(name, metric.buckets))
  return found
}

/** What is wrong with the values of a label, and what to do about it. */
function wrongValues(values: readonly string[]): readonly [string, string] | null {
  if (values.length === 0) return ['no values', 'name at least one']
  if (values.includes('')) return ['an empty value, which Prometheus takes for no label at all', 'give it a word']
  const twice = values.find((value, i) => values.indexOf(value) !== i)
  return twice === undefined ? null : [`the value ${twice} twice`, 'name each value once']
}

function bucketFaults(name: string, buckets: readonly number[]): Fault[] {
  const found: Fault[] = []
  const infinite = buckets.filter((bound) => !Number.isFinite(bound))
  if (infinite.length > 0)
    found.push(
      fault(
        'buckets-infinite',
        `${name}: a bucket ends at ${infinite.join(', ')}`,
        'leave it out: +Inf is always there',
      ),
    )
  const finite = buckets.filter(Number.isFinite)
  const falls = finite.flatMap((bound, i) => {
    const below = finite[i - 1]
    return below === undefined || bound > below ? [] : [`${below}, then ${bound}`]
  })
  if (falls.length > 0)
    found.push(
      fault('buckets-unsorted', `${name}: buckets must grow: ${falls.join('; ')}`, 'sort them and name each once'),
    )
  if (buckets.length === 0)
    found.push(
      fault('buckets-missing', `${name}: a histogram without buckets counts nothing`, 'give it at least one bound'),
    )
  return found
}

/** Open labels of a whole catalogue: what `expect` of the runtime can be told values for. */
export type OpenLabels<C> = {
  [K in keyof C]: C[K] extends { readonly labels: infer L } ? OpenOf<L> : never
}[keyof C]
type OpenOf<L> = L extends Labels
  ? { [K in keyof L]: L[K] extends { readonly max: number } ? K & string : never }[keyof L]
  : never
