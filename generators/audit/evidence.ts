import type { Contract } from '../contract/schema.ts'

/** Where evidence came from. */
export interface EvidenceSource {
  readonly name: string
  readonly kind: 'exposition' | 'contract' | 'prometheus'
  /** How much of it was read, such as `one scrape` or `the last 1d`. */
  readonly extent: string
}

/** All series of one name that were seen. */
export interface ObservedSeries {
  readonly name: string
  /** `counter`, `gauge`, `histogram`, …; null if unknown. */
  readonly type: string | null
  /** How many series; 0 if it is only declared, 1 if no more than its name is known. */
  readonly series: number
  /** The values of its labels, and how many of the series have each label. */
  readonly labels: ReadonlyMap<string, { readonly values: ReadonlySet<string>; readonly on: number }>
  /** Whether each value was 0. */
  readonly zero: boolean
  /** Whether each value could be a time in milliseconds since 1970. */
  readonly milliseconds: boolean
  /** Whether the labels that the scrape adds are among its labels. */
  readonly scraped: boolean
  /** The sources that have it, by index. */
  readonly sources: readonly number[]
}

/** What is known about what a bot exposes. */
export interface Evidence {
  readonly sources: readonly EvidenceSource[]
  readonly seen: ReadonlyMap<string, ObservedSeries>
  readonly contracts: readonly Contract[]
  /** Names that a server has from jobs other than the audited ones. */
  readonly ofOthers: ReadonlySet<string>
}

/** Merges several pieces of evidence. */
export function mergeEvidence(all: readonly Evidence[]): Evidence {
  const sources: EvidenceSource[] = []
  const seen = new Map<string, ObservedSeries>()
  for (const one of all) {
    const shift = sources.length
    sources.push(...one.sources)
    for (const found of one.seen.values()) {
      const moved = { ...found, sources: found.sources.map((source) => source + shift) }
      const before = seen.get(found.name)
      seen.set(found.name, before === undefined ? moved : both(before, moved))
    }
  }
  const ofOthers = new Set(all.flatMap((one) => [...one.ofOthers]))
  return { sources, seen, contracts: all.flatMap(({ contracts }) => contracts), ofOthers }
}

function both(a: ObservedSeries, b: ObservedSeries): ObservedSeries {
  const labels = new Map(a.labels)
  for (const [label, { values, on }] of b.labels) {
    const before = labels.get(label)
    labels.set(
      label,
      before === undefined ? { values, on } : { values: new Set([...before.values, ...values]), on: before.on + on },
    )
  }
  return {
    name: a.name,
    type: a.type ?? b.type,
    series: a.series + b.series,
    labels,
    zero: (a.series === 0 || a.zero) && (b.series === 0 || b.zero),
    milliseconds: a.milliseconds || b.milliseconds,
    scraped: a.scraped || b.scraped,
    sources: [...a.sources, ...b.sources],
  }
}
