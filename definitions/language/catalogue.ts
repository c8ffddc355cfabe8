import { type ContractKey, type ContractMetrics, contractMetrics, isContractKey } from './contract-metrics.ts'
import { type Defect, defect } from './defect.ts'
import { durationDefects } from './duration.ts'
import { clashFinder, seriesNames } from './family.ts'
import { isLabel, isOpen, type Labels, open } from './label.ts'
import type { AnyDeclaration, Metric, StateSet } from './metric.ts'
import type { Mistake } from './mistake.ts'
import { presenceDefects } from './presence-defects.ts'
import { type RetiredNames, withRetired } from './retired.ts'
import { stamp } from './stamp.ts'
import { fractionOf, limitOf } from './timestamp.ts'

type Layer = { readonly [name: string]: AnyDeclaration }

type Fitting<M> = {
  readonly [K in keyof M]: K extends ContractKey
    ? Mistake<'the catalogue adds this contract metric itself: call yours something else'>
    : M[K] extends { kind: 'counter' }
      ? K extends `${string}_total`
        ? unknown
        : Mistake<'the name of a counter ends in _total'>
      : unknown
}

type Twice = Mistake<'another layer declares a metric with this name: rename or remove one of them'>
type Apart<L, Seen = never> = L extends readonly [infer First, ...infer Rest]
  ? readonly [Fitting<First> & { readonly [K in Seen & keyof First]: Twice }, ...Apart<Rest, Seen | keyof First>]
  : L
type Together<L> = L extends readonly [infer First, ...infer Rest] ? First & Together<Rest> : unknown

type Checked<M> = M extends readonly unknown[] ? Apart<M> : Fitting<M>
/** The metrics of one layer, or of a list of them. */
type Whole<M> = M extends readonly unknown[] ? Together<M> : M

/** The label of a state set is its own name, which it gets from the catalogue. */
type Named<M, Name extends string> = M extends StateSet<infer S, string> ? StateSet<S, Name> : M

/** The declared metrics by key, and those about the contract itself. */
export type Catalogue<P extends string, M> = {
  readonly [K in keyof M]: Named<M[K], `${P}_${K & string}`>
} & ContractMetrics

/**
 * Names each metric after the prefix and its property key. Pass metrics from several files as a list of layers: a key in two
 * layers is then reported, whereas in a spread object the last one would silently win. Names in `retired` were used once and
 * must not come back; each has a sentence that says what replaced it.
 */
export function catalogue<const P extends string, const M extends Layer | readonly Layer[]>(
  prefix: P,
  metrics: M & Checked<M>,
  options: { readonly retired?: RetiredNames } = {},
): Catalogue<P, Whole<M>> {
  const retired = options.retired ?? {}
  const layers = Array.isArray(metrics) ? (metrics as readonly Layer[]) : [metrics as Layer]
  const twice = keysTwice(prefix, layers)
  const clashes = clashFinder()
  const declared: Readonly<Record<string, Metric>> = Object.assign({}, ...layers)
  const keyOf = firstKeys(declared)
  const named = Object.entries(declared).map(([key, metric]) => ({ ...metric, name: `${prefix}_${key}` }))
  const made = stamp<Metric>({ ...declared, ...contractMetrics(named), ...declared }, catalogue, (key, metric) => {
    const name = `${prefix}_${key}`
    const isOwn = Object.hasOwn(declared, key)
    const leader = keyOf.get(metric.endsWith) ?? null
    const finishing = { ...metric, ofContract: !isOwn, endsWith: leader === null ? null : `${prefix}_${leader}` }
    return finished(finishing, name, [
      ...(isOwn && isContractKey(key) ? [reservedDefect(name)] : []),
      ...lifetimeDefects(name, metric, leader === null ? null : [leader, declared[leader] as Metric]),
      ...(twice.get(key) ?? []),
      ...retiredDefects(retired, { ...metric, name }),
      ...(metric.kind === 'counter' && !key.endsWith('_total')
        ? [defect('counter-name', `${name} is a counter, but its name does not end in _total`, `call it ${key}_total`)]
        : []),
      ...(metric.kind !== 'counter' && /_(total|bucket|count|sum|created)$/.test(name)
        ? [
            defect(
              'metric-suffix',
              `${name} ends in a suffix that Prometheus adds to counters and histograms`,
              'rename it',
            ),
          ]
        : []),
      ...(metric.kind === 'info' && !name.endsWith('_info')
        ? [defect('info-name', `${name} is an info metric, but its name does not end in _info`, `call it ${key}_info`)]
        : []),
      ...clashes({ ...metric, name }),
    ])
  })
  return withRetired(made, retired) as never
}

/** A defect for each key in two layers, with the places of its metrics. */
function keysTwice(prefix: string, layers: readonly Layer[]): ReadonlyMap<string, readonly Defect[]> {
  const found = new Map<string, readonly Defect[]>()
  for (const key of new Set(layers.flatMap((layer) => Object.keys(layer)))) {
    const at = layers.flatMap((layer, i) => (Object.hasOwn(layer, key) ? [i] : []))
    if (at.length < 2) continue
    const message = `${prefix}_${key} is declared in layers ${at.map((i) => i + 1).join(', ')} of the list: only one of them could be used`
    const also = at.map((i) => ((layers[i] as Layer)[key] as Metric).where)
    found.set(key, [{ ...defect('metric-twice', message, 'rename or remove one of them'), also }])
  }
  return found
}

const reservedDefect = (name: string): Defect =>
  defect(
    'key-reserved',
    `${name} is reserved for a contract metric, which the catalogue adds and only the runtime writes`,
    'choose another key',
  )

/** Keys by metric, because `endsWith` refers to the gauge by value. */
function firstKeys(declared: Readonly<Record<string, Metric>>): ReadonlyMap<unknown, string> {
  const found = new Map<unknown, string>()
  for (const [key, metric] of Object.entries(declared)) if (!found.has(metric)) found.set(metric, key)
  return found
}

/** Defects of `mustBeSetWithin`, `mayBeAbsent`, `initially`, `expiresAfter` and `endsWith`. */
function lifetimeDefects(
  name: string,
  metric: Metric,
  leader: readonly [key: string, gauge: Metric] | null,
): readonly Defect[] {
  const { initially, expiresAfter } = metric
  const labels = (of: Metric) => Object.keys(of.labels).sort().join(', ') || 'none'
  return [
    ...presenceDefects(name, metric),
    ...(expiresAfter === null ? [] : durationDefects(expiresAfter, `${name}: expiresAfter`)),
    ...(initially !== null && initially >= limitOf(metric.unit)
      ? [
          defect(
            'timestamp-fraction',
            `${name} starts at ${initially}, which is in ${fractionOf(initially).counts}, but a timestamp is in seconds since 1970`,
            `divide it by ${fractionOf(initially).divideBy}`,
          ),
        ]
      : []),
    ...(metric.endsWith !== null && leader === null
      ? [
          defect(
            'ends-with-unknown',
            `${name} ends with a gauge that is not in this catalogue`,
            'refer to a gauge of the same catalogue by value',
          ),
        ]
      : []),
    ...(leader !== null && labels(leader[1]) !== labels(metric)
      ? [
          defect(
            'ends-with-labels',
            `${name} ends with ${leader[0]}, but their labels differ: ${labels(metric)} and ${labels(leader[1])}`,
            'give both the same labels',
          ),
        ]
      : []),
  ]
}

const retiredDefects = (retired: RetiredNames, metric: Metric): readonly Defect[] =>
  seriesNames(metric)
    .filter((name) => Object.hasOwn(retired, name))
    .map((name) =>
      defect('name-retired', `${name} is retired: ${retired[name]}`, 'choose a new name, or remove it from `retired`'),
    )

/** Declares metrics of other exporters that rules or panels use; each property key is the full exposed name. */
export function external<const M extends { readonly [name: string]: AnyDeclaration }>(
  metrics: M,
): { readonly [K in keyof M]: M[K] } {
  return stamp<Metric>(metrics, external, (key, metric) => finished(metric, key, [])) as never
}

function finished(metric: Metric, name: string, more: readonly Defect[]): Metric {
  const given = metric.states === null ? metric.labels : { [name]: Object.freeze({ values: metric.states }) }
  const none = Object.keys(given).filter((label) => !isLabel(given[label]))
  // replaced by a valid label, so that everything else that is wrong is found too
  const labels = Object.freeze({ ...given, ...Object.fromEntries(none.map((label) => [label, open({ max: 1 })])) })
  const wrong = none.map((label) =>
    defect(
      'label-kind',
      `${name}: label '${label}' is ${inWords(given[label])}, expected oneOf(…) or open({ max: … })`,
      'list its values, or give their maximum number',
    ),
  )
  return {
    ...metric,
    name,
    labels,
    defects: Object.freeze([...metric.defects, ...more, ...wrong, ...defectsOf({ ...metric, name, labels })]),
  }
}

function inWords(given: unknown): string {
  if (typeof given === 'string') return `the string '${given}'`
  return typeof given === 'object' && given !== null ? 'an object' : String(given)
}

const metricName = /^[a-zA-Z_][a-zA-Z0-9_]*$/
const reserved = new Set(['job', 'instance', 'bot', 'env', 'le', 'quantile', '__name__'])

function defectsOf(metric: Metric): Defect[] {
  const { name } = metric
  const found: Defect[] = []
  if (!metricName.test(name))
    found.push(
      defect('metric-name', `'${name}' is not a valid metric name: use letters, digits and _ only`, 'rename it'),
    )
  if (metric.help.trim() === '')
    found.push(defect('help-missing', `${name} has no help text`, 'describe in one sentence what it measures'))
  for (const [label, domain] of Object.entries(metric.labels)) {
    if (reserved.has(label))
      found.push(
        defect('label-reserved', `${name}: the label '${label}' is set by Prometheus itself`, 'choose another name'),
      )
    else if (!metricName.test(label) || label.startsWith('__'))
      found.push(
        defect(
          'label-name',
          `${name}: '${label}' is not a valid label name`,
          'use letters, digits and _, and do not start with __',
        ),
      )
    if (isOpen(domain)) {
      if (!Number.isSafeInteger(domain.max) || domain.max < 1)
        found.push(
          defect(
            'label-budget',
            `${name}: label '${label}' has a budget of ${domain.max}, expected a whole number of at least 1`,
            'give the maximum number of values',
          ),
        )
    } else {
      const wrong = wrongValues(domain.values)
      if (wrong !== null) found.push(defect('label-values', `${name}: label '${label}' has ${wrong[0]}`, wrong[1]))
    }
  }
  if (metric.buckets !== null) found.push(...bucketDefects(name, metric.buckets))
  return found
}

/** What is wrong with the values of a label, and the fix. */
function wrongValues(values: readonly string[]): readonly [string, string] | null {
  if (values.length === 0) return ['no values', 'list at least one']
  if (values.includes(''))
    return ['an empty value, which Prometheus treats as no label at all', 'use a non-empty value']
  const twice = values.find((value, i) => values.indexOf(value) !== i)
  return twice === undefined ? null : [`the value ${twice} twice`, 'list each value once']
}

function bucketDefects(name: string, buckets: readonly number[]): Defect[] {
  const found: Defect[] = []
  const infinite = buckets.filter((bound) => !Number.isFinite(bound))
  if (infinite.length > 0)
    found.push(
      defect(
        'buckets-infinite',
        `${name}: a bucket bound is ${infinite.join(', ')}, expected finite numbers`,
        'remove it: the +Inf bucket always exists',
      ),
    )
  const finite = buckets.filter(Number.isFinite)
  const falls = finite.flatMap((bound, i) => {
    const below = finite[i - 1]
    return below === undefined || bound > below ? [] : [`${below}, then ${bound}`]
  })
  if (falls.length > 0)
    found.push(
      defect(
        'buckets-unsorted',
        `${name}: bucket bounds must increase: ${falls.join('; ')}`,
        'sort them and list each once',
      ),
    )
  if (buckets.length === 0)
    found.push(
      defect('buckets-missing', `${name}: a histogram without buckets counts nothing`, 'add at least one bound'),
    )
  return found
}

/** The open labels of a catalogue: those whose values can be passed to the runtime's `expect`. */
export type OpenLabels<C> = {
  [K in keyof C]: C[K] extends { readonly labels: infer L } ? OpenOf<L> : never
}[keyof C]
type OpenOf<L> = L extends Labels
  ? { [K in keyof L]: L[K] extends { readonly max: number } ? K & string : never }[keyof L]
  : never
