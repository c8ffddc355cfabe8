import { type Fault, fault } from './fault.ts'
import { isOpen, type Labels } from './label.ts'
import type { Declared, Metric, StateSet } from './metric.ts'
import type { Mistake } from './mistake.ts'
import { stamp } from './stamp.ts'

type CounterNames<M> = {
  readonly [K in keyof M]: M[K] extends { kind: 'counter' }
    ? K extends `${string}_total`
      ? unknown
      : Mistake<'the name of a counter ends in _total'>
    : unknown
}

/** A state set learns its label's name, which is its own, from the catalogue. */
type Named<M, Name extends string> = M extends StateSet<infer S, string> ? StateSet<S, Name> : M

export type Catalogue<P extends string, M> = { readonly [K in keyof M]: Named<M[K], `${P}_${K & string}`> }

/**
 * Gives each metric its name: the prefix, then its property key. Names in `retired` were used once and never come back
 * with another meaning; each has a sentence that says what took its place.
 */
export function catalogue<const P extends string, const M extends { readonly [name: string]: Declared }>(
  prefix: P,
  metrics: M & CounterNames<M>,
  options: { readonly retired?: Readonly<Record<string, string>> } = {},
): Catalogue<P, M> {
  const retired = options.retired ?? {}
  return stamp<Metric>(metrics, catalogue, (key, metric) => {
    const name = `${prefix}_${key}`
    return finished(metric, name, [
      ...(Object.hasOwn(retired, name)
        ? [
            fault(
              'name-retired',
              `${name} is retired: ${retired[name]}`,
              'choose a new name, or remove it from `retired`',
            ),
          ]
        : []),
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
    ])
  }) as never
}

/** Metrics that others expose and our rules or panels use; each property key is the whole exposed name. */
export function external<const M extends { readonly [name: string]: Declared }>(
  metrics: M,
): { readonly [K in keyof M]: M[K] } {
  return stamp<Metric>(metrics, external, (key, metric) => finished(metric, key, [])) as never
}

function finished(metric: Metric, name: string, more: readonly Fault[]): Metric {
  const labels =
    metric.states === null ? metric.labels : Object.freeze({ [name]: Object.freeze({ values: metric.states }) })
  return {
    ...metric,
    name,
    labels,
    faults: Object.freeze([...metric.faults, ...more, ...faultsOf({ ...metric, name, labels })]),
  }
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
