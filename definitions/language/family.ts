import { type Defect, defect } from './defect.ts'
import type { Metric, MetricKind } from './metric.ts'

/** The suffixes that OpenMetrics samples of each kind may add to the family name; no other family may have such a name. */
const suffixes: Readonly<Record<MetricKind, readonly string[]>> = Object.freeze({
  counter: ['_total', '_created'],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  info: ['_info'],
  stateSet: [''],
})

/** The family name of a metric in OpenMetrics: its name without the suffix of its kind. */
export function familyName({ kind, name }: Pick<Metric, 'kind' | 'name'>): string {
  if (kind === 'counter') return name.replace(/_total$/, '')
  if (kind === 'info') return name.replace(/_info$/, '')
  return name
}

/** The unit that OpenMetrics declares of a metric; null where the name of its family does not end in it. */
export function exposedUnit({ kind, name, unit }: Pick<Metric, 'kind' | 'name' | 'unit'>): string | null {
  return unit.suffix !== '' && familyName({ kind, name }).endsWith(`_${unit.suffix}`) ? unit.suffix : null
}

/** Every name that belongs to a metric alone in OpenMetrics: its family name, and those its samples can have. */
function claimedNames(metric: Metric): readonly string[] {
  const family = familyName(metric)
  return [...new Set([metric.name, family, ...suffixes[metric.kind].map((suffix) => family + suffix)])]
}

/** The names of a metric's series in either exposition format. */
export function seriesNames({ kind, name, signed }: Pick<Metric, 'kind' | 'name' | 'signed'>): readonly string[] {
  if (kind !== 'histogram') return [name]
  return signed ? [`${name}_bucket`] : [`${name}_bucket`, `${name}_sum`, `${name}_count`]
}

/** Creates a function that, called with metric after metric, returns the name clashes with earlier ones in OpenMetrics; metrics with the same name are ignored. */
export function clashFinder(): (metric: Metric) => readonly Defect[] {
  const claimed = new Map<string, Metric>()
  return (metric) => {
    const found = new Map<string, Defect>()
    for (const name of claimedNames(metric)) {
      const other = claimed.get(name)
      if (other === undefined) claimed.set(name, metric)
      else if (other.name !== metric.name && !found.has(other.name)) found.set(other.name, clash(metric, other, name))
    }
    return [...found.values()]
  }
}

const clash = (one: Metric, other: Metric, name: string): Defect =>
  defect(
    'family-clash',
    `${described(one)} and ${described(other)} clash in OpenMetrics: both may expose ${name}, but a name can belong to only one metric`,
    'rename one of them',
  )

const described = (metric: Metric): string => {
  const family = familyName(metric)
  return `the ${words[metric.kind]} ${metric.name}${family === metric.name ? '' : ` (family ${family})`}`
}

const words: Readonly<Record<MetricKind, string>> = Object.freeze({
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  info: 'info metric',
  stateSet: 'state set',
})
