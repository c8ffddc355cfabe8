import type { Evidence, ObservedSeries } from './evidence.ts'

/** What a Prometheus server answered. */
interface Answers {
  /** Every name that had a series within the window in the audited jobs. */
  readonly names: readonly string[]
  /** Every such name in any job. */
  readonly allNames: readonly string[]
  /** Types by the name of the family, as the targets declare them. */
  readonly types: ReadonlyMap<string, string>
  /** The series of the names that expressions use. */
  readonly series: readonly Readonly<Record<string, string>>[]
  /** Gauges with a sample other than 0 within the window. */
  readonly moved: ReadonlySet<string>
  /** Gauges whose samples within the window could all be times in milliseconds since 1970. */
  readonly milliseconds: ReadonlySet<string>
}

/** What a Prometheus server has for a window such as `1d`. */
export function fromPrometheus(answers: Answers, name: string, window: string): Evidence {
  const { names, types } = answers
  const seen = new Map<string, ObservedSeries>()
  const put = (one: string, facts: Partial<ObservedSeries>) =>
    seen.set(one, {
      name: one,
      type: typeOf(one, types),
      series: 1,
      labels: new Map(),
      zero: false,
      milliseconds: answers.milliseconds.has(one),
      scraped: true,
      sources: [0],
      ...facts,
    })
  for (const one of names) put(one, {})
  for (const [one, { labels, series }] of labelsOf(answers.series)) {
    const zero = typeOf(one, types) === 'gauge' && !answers.moved.has(one)
    put(one, { labels, series, zero })
  }
  const all = new Set([...answers.allNames, ...names])
  // declared by a target, without a series
  for (const [family, type] of types)
    for (const one of namesOf(family, type)) {
      const known = namesOf(family, type).some((other) => all.has(other))
      if (!known) put(one, { series: 0, type: typeOf(one, types) })
    }
  const own = new Set(names)
  return {
    sources: [{ name, kind: 'prometheus', extent: `the last ${window}` }],
    seen,
    contracts: [],
    ofOthers: new Set(answers.allNames.filter((one) => !own.has(one))),
  }
}

type Counted = Pick<ObservedSeries, 'labels' | 'series'>

function labelsOf(all: Answers['series']): ReadonlyMap<string, Counted> {
  const found = new Map<string, { series: number; labels: Map<string, { values: Set<string>; on: number }> }>()
  for (const one of all) {
    const name = one['__name__'] ?? ''
    const of = found.get(name) ?? { series: 0, labels: new Map() }
    found.set(name, of)
    of.series += 1
    for (const [label, value] of Object.entries(one)) {
      if (label === '__name__') continue
      const known = of.labels.get(label) ?? { values: new Set(), on: 0 }
      of.labels.set(label, known)
      known.values.add(value)
      known.on += 1
    }
  }
  return found
}

/** The names of the series of a family; an OpenMetrics counter has its suffix on its series only. */
function namesOf(family: string, type: string): readonly string[] {
  switch (type) {
    case 'histogram':
      return ['_bucket', '_sum', '_count'].map((ending) => family + ending)
    case 'summary':
      return ['', '_sum', '_count'].map((ending) => family + ending)
    case 'counter':
      return family.endsWith('_total') ? [family] : [family, `${family}_total`]
    default:
      return [family]
  }
}

function typeOf(name: string, types: ReadonlyMap<string, string>): string | null {
  const own = types.get(name)
  if (own !== undefined) return own === 'unknown' || own === 'untyped' ? null : own
  if (types.get(name.replace(/_total$/, '')) === 'counter') return 'counter'
  const [, family = '', ending = ''] = /^(.*)(_bucket|_sum|_count)$/.exec(name) ?? []
  const type = types.get(family)
  return type === 'histogram' || type === 'summary' ? type + ending : null
}
