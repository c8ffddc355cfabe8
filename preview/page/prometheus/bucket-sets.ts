import type { SeriesLabels, TimeSeries } from './query-api.ts'

/** The buckets of one histogram, lowest bound first. */
interface BucketSet {
  /** What tells it from the others; empty if there are no others. */
  readonly name: string
  readonly buckets: readonly TimeSeries[]
}

/** Buckets by the labels that they have besides `le`, in the order of the answer. */
export function bucketSets(series: readonly TimeSeries[]): readonly BucketSet[] {
  const sets = new Map<string, TimeSeries[]>()
  for (const one of series) {
    const key = JSON.stringify(othersOf(one.metric))
    sets.set(key, [...(sets.get(key) ?? []), one])
  }
  const all = [...sets.values()]
  const labels = all.map(([first]) => new Map(othersOf(first?.metric ?? {})))
  const telling = [...new Set(labels.flatMap((one) => [...one.keys()]))].filter(
    (label) => new Set(labels.map((one) => one.get(label))).size > 1,
  )
  return all.map((buckets, i) => ({
    name: telling.map((label) => labels[i]?.get(label) ?? `no ${label}`).join(' '),
    buckets: buckets.sort((a, b) => boundOf(a.metric) - boundOf(b.metric)),
  }))
}

const othersOf = (metric: SeriesLabels) =>
  Object.entries(metric)
    .filter(([label]) => label !== 'le')
    .sort(([a], [b]) => (a < b ? -1 : 1))

const boundOf = ({ le }: SeriesLabels) => (le === '+Inf' ? Infinity : Number(le))
