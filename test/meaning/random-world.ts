import { leText } from '../../definitions/language/bucket.ts'
import { catalogue } from '../../definitions/language/catalogue.ts'
import { oneOf, open } from '../../definitions/language/label.ts'
import { counter, gauge, histogram, info, type Metric, stateSet } from '../../definitions/language/metric.ts'
import { bytes, flag, ratio, seconds, usdt } from '../../definitions/language/unit.ts'
import { anyDomain, closedDomain } from '../../generators/meaning/domain.ts'
import { interval } from '../../generators/meaning/interval.ts'
import { metricFamilies, type SeriesFamily, type World } from '../../generators/meaning/world.ts'
import type { Chance } from '../promql/random-text.ts'

/** The closed world of an invented bot, and an hour of its data in OpenMetrics. */
interface RandomWorld {
  readonly world: World
  readonly openMetrics: string
}

/** Seconds since 1970 at which the data begins and ends. */
export const timeRange = { from: 1_700_000_000, to: 1_700_002_400, step: 20 } as const

const labelsOf = (c: Chance) => {
  const all = {
    side: oneOf('buy', 'sell'),
    kind: oneOf('a', 'b', 'c.d'),
    symbol: open({ max: 4 }),
    status: oneOf('ack', 'filled', 'rejected'),
  }
  return Object.fromEntries(Object.entries(all).filter(() => c.maybe(0.4)))
}

/** A bot with metrics of every kind; all of their label values occur. */
export function randomWorld(c: Chance, prefix: string): RandomWorld {
  const help = 'Made up.'
  const declared = catalogue(prefix, {
    events_total: counter({ help, labels: labelsOf(c) }),
    paid_total: counter({ help, labels: labelsOf(c), unit: usdt }),
    up_flag: gauge({ help, labels: labelsOf(c), unit: flag }),
    share: gauge({ help, labels: labelsOf(c), unit: ratio }),
    depth: gauge({ help, labels: labelsOf(c) }),
    memory: gauge({ help, labels: labelsOf(c), unit: bytes }),
    wait_seconds: histogram({ help, labels: labelsOf(c), unit: seconds, buckets: [0.1, 0.5, 1, 5] }),
    drift: histogram({ help, labels: labelsOf(c), buckets: [-2, 0, 3] }),
    state: stateSet({ help, states: ['idle', 'busy', 'stuck'] }),
    build_info: info({ help, labels: { version: open({ max: 2 }) } }),
  })
  const metrics = Object.values(declared) as unknown as readonly Metric[]
  const instances = c.pick([['i1'], ['i1', 'i2']])
  const envs = c.pick([['live'], ['paper', 'live']])
  const target = {
    bot: closedDomain(prefix),
    env: closedDomain(...envs),
    instance: anyDomain(instances.length),
    job: closedDomain(prefix),
  }
  const families = new Map<string, SeriesFamily>()
  const lines: string[] = []
  for (const metric of metrics) {
    const bounds = boundsOf(metric, c)
    for (const family of metricFamilies(metric, target))
      families.set(
        family.name,
        metric.kind === 'gauge' && bounds !== null ? { ...family, values: interval(...bounds) } : family,
      )
    for (const sets of combinations(metric, c)) {
      for (const env of envs)
        for (const instance of instances)
          lines.push(...samples(metric, { ...sets, bot: prefix, env, instance, job: prefix }, bounds ?? [-1e6, 1e6], c))
    }
  }
  return {
    world: { families, records: new Map(), interval: timeRange.step * 1000 },
    openMetrics: lines.join(''),
  }
}

/** The bounds of a gauge that its definition may know; null if it does not. */
function boundsOf(metric: Metric, c: Chance): readonly [number, number] | null {
  if (metric.unit.dim === 'flag') return [0, 1]
  if (metric.unit.dim === 'bytes') return [0, 2 ** 33]
  if (metric.unit.dim === 'ratio')
    return c.pick([
      [0, 1],
      [-1, 1],
      [0.25, 0.75],
    ] as const)
  return c.maybe(0.6)
    ? c.pick([
        [0, 10],
        [-5, 5],
        [-9, -3],
        [7, 7],
      ] as const)
    : null
}

function combinations(metric: Metric, c: Chance): readonly Readonly<Record<string, string>>[] {
  let made: Readonly<Record<string, string>>[] = [{}]
  if (metric.kind === 'info')
    return [Object.fromEntries(Object.keys(metric.labels).map((label) => [label, c.pick(['1.0', '2.0'])]))]
  for (const [label, domain] of Object.entries(metric.labels)) {
    const values = 'max' in domain ? ['BTC', 'ETH', 'X-1'].slice(0, 1 + Math.floor(c.random() * 3)) : domain.values
    made = made.flatMap((one) => values.map((value) => ({ ...one, [label]: value })))
  }
  return made
}

function samples(
  metric: Metric,
  labels: Readonly<Record<string, string>>,
  [lo, hi]: readonly [number, number],
  c: Chance,
): string[] {
  const made: string[] = []
  const text = (more: Readonly<Record<string, string>> = {}) =>
    `{${Object.entries({ ...labels, ...more })
      .map(([label, value]) => `${label}="${value}"`)
      .join(',')}}`
  const line = (suffix: string, more: Readonly<Record<string, string>>, value: number, at: number) =>
    made.push(`${metric.name}${suffix}${text(more)} ${value} ${at}\n`)
  const still = c.maybe(0.2)
  let count = c.pick([0, 0, 3, 100])
  let value = lo + c.random() * (hi - lo)
  const counts = [...(metric.buckets ?? []), Infinity].map(() => 0)
  let total = 0
  const born = c.maybe(0.15) ? timeRange.from + 1200 : timeRange.from
  for (let at = born; at <= timeRange.to; at += timeRange.step) {
    if (metric.kind === 'counter') {
      if (c.maybe(0.02)) count = 0
      else if (!still) count += c.pick([0, 0, 1, 2.5, 40])
      line('', {}, count, at)
    } else if (metric.kind === 'info') line('', {}, 1, at)
    else if (metric.kind === 'stateSet')
      line(
        '',
        {},
        Math.floor(at / 400) % 3 === (metric.states ?? []).indexOf(labels[metric.name] as string) ? 1 : 0,
        at,
      )
    else if (metric.kind === 'gauge') {
      if (!still)
        value = c.maybe(0.1)
          ? c.pick([lo, hi])
          : metric.unit.dim === 'flag'
            ? c.pick([0, 1])
            : lo + c.random() * (hi - lo)
      line('', {}, metric.unit.dim === 'flag' ? Math.round(value) : value, at)
    } else {
      const first = still ? counts.length : Math.floor(c.random() * counts.length)
      for (let i = first; i < counts.length; i++) counts[i] = (counts[i] as number) + 1
      total += still ? 0 : Math.abs(metric.buckets?.[first] ?? 9)
      for (const [i, bound] of [...(metric.buckets ?? []), Infinity].entries())
        line('_bucket', { le: bound === Infinity ? '+Inf' : leText(bound) }, counts[i] as number, at)
      if (!metric.signed) {
        line('_sum', {}, total, at)
        line('_count', {}, counts[counts.length - 1] as number, at)
      }
    }
  }
  return made
}
