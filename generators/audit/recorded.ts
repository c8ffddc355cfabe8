import type { Analysis } from '../meaning/analyse.ts'
import { closedDomain } from '../meaning/domain.ts'
import { hull } from '../meaning/interval.ts'
import { either, nameless } from '../meaning/labels.ts'
import type { SeriesFamily } from '../meaning/world.ts'
import type { Readable } from './readable.ts'
import type { Item, ItemQuery } from './verdict.ts'

/** The series that the rules of one name record; null if they record none. */
export function recordedFamily(
  name: string,
  rules: readonly Item[],
  read: ReadonlyMap<ItemQuery, Readable>,
  { meaningOf }: Analysis,
): SeriesFamily | null {
  const trees = rules.flatMap(({ queries }) => queries.map((query) => read.get(query)))
  // nothing is known about what cannot be parsed
  if (trees.some((one) => one === undefined || 'wrong' in one || one.loose)) return null
  const all = rules.flatMap(({ labels, queries }): readonly Pick<SeriesFamily, 'labels' | 'values'>[] =>
    queries.flatMap((query) => {
      const one = read.get(query)
      if (one === undefined || 'wrong' in one || one.loose) return []
      const of = meaningOf(one.node)
      if (of.never !== null) return []
      const added = [...labels]
        .filter(([, value]) => value !== '')
        .map(([label, value]) => [label, closedDomain(value)] as const)
      const removed = new Set([...labels].filter(([, value]) => value === '').map(([label]) => label))
      const kept = [...nameless(of.labels)].filter(([label]) => !removed.has(label))
      return [{ labels: new Map([...kept, ...added]), values: of.values }]
    }),
  )
  const [first] = all
  if (first === undefined) return null
  return Object.freeze({
    name,
    labels: all.map(({ labels }) => labels).reduce(either),
    key: null,
    type: 'recorded',
    every: null,
    unit: null,
    values: all.map(({ values }) => values).reduce(hull),
    absent: ['down'] as const,
    series: Infinity,
    metric: null,
    foreign: true,
  })
}
