import { leText } from '../../definitions/language/bucket.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import { languageMetrics } from './metrics.ts'

/** The time of the last samples, in seconds since 1970. */
export const end = 1_750_000_000
const every = 60
const count = 120

/** Two hours of every test metric, from two instances in two environments, as OpenMetrics with timestamps. */
export function samples(): string {
  const lines: string[] = []
  for (const target of targets()) {
    lines.push(...curve('up', target, () => 1))
    for (const [i, metric] of Object.values(languageMetrics as unknown as Record<string, Metric>).entries())
      lines.push(...seriesOf(metric, target, i + 1))
  }
  return `${lines.join('\n')}\n# EOF\n`
}

type Labels = Readonly<Record<string, string>>

const targets = (): readonly Labels[] =>
  ['live', 'paper'].flatMap((env) => ['a:1', 'b:1'].map((instance) => ({ bot: 'bot', env, instance, job: 'bot' })))

function seriesOf(metric: Metric, target: Labels, n: number): string[] {
  const own = combinations(
    Object.entries(metric.labels).map(([name, of]) => [name, 'values' in of ? of.values : openValues(name)]),
  )
  return own.flatMap((labels, j) => curvesOf(metric, { ...target, ...labels }, n + j, j === 1))
}

function curvesOf(metric: Metric, labels: Labels, slope: number, isOn: boolean): string[] {
  switch (metric.kind) {
    case 'counter':
      return curve(metric.name, labels, (t) => slope * t)
    case 'gauge':
      return curve(metric.name, labels, gaugeOf(metric, slope))
    case 'histogram':
      return histogram(metric, labels, slope)
    case 'info':
      return curve(metric.name, labels, () => 1)
    case 'stateSet':
      return curve(metric.name, labels, () => (isOn ? 1 : 0))
  }
}

function gaugeOf(metric: Metric, slope: number): (t: number) => number {
  if (metric.unit.dim === 'flag') return () => 1
  if (metric.unit.dim === 'timestamp') return (t) => end - (count - t) * every - slope
  return (t) => slope + (t % 7) / 10
}

function histogram(metric: Metric, labels: Labels, slope: number): string[] {
  const bounds = [...(metric.buckets ?? []).map(leText), '+Inf']
  const buckets = bounds.flatMap((le, k) =>
    curve(`${metric.name}_bucket`, { ...labels, le }, (t) => slope * t * (k + 1)),
  )
  if (metric.signed) return buckets
  const total = (t: number) => slope * t * bounds.length
  return [...buckets, ...curve(`${metric.name}_count`, labels, total), ...curve(`${metric.name}_sum`, labels, total)]
}

const curve = (name: string, labels: Labels, at: (t: number) => number): string[] => {
  const written = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  return Array.from(
    { length: count + 1 },
    (_, t) => `${name}{${written.join(',')}} ${at(t)} ${end - (count - t) * every}`,
  )
}

const openValues = (label: string): readonly string[] => (label === 'symbol' ? ['BTC', 'ETH'] : [`${label}1`])

const combinations = (labels: readonly (readonly [string, readonly string[]])[]): Labels[] =>
  labels.reduce<Labels[]>(
    (made, [name, values]) => made.flatMap((of) => values.map((value) => ({ ...of, [name]: value }))),
    [{}],
  )
