import type { ExposedFamily, Exposition } from '../verify/exposition.ts'
import { suffixesOf } from '../verify/types.ts'
import type { Evidence, ObservedSeries } from './evidence.ts'
import { isMilliseconds } from './milliseconds.ts'

interface Open {
  readonly name: string
  readonly type: string | null
  series: number
  zero: boolean
  milliseconds: boolean
  readonly labels: Map<string, { readonly values: Set<string>; on: number }>
}

/** What one scrape of a process shows. */
export function fromExposition(exposition: Exposition, name: string): Evidence {
  const seen = new Map<string, ObservedSeries>()
  for (const family of exposition.families)
    for (const one of seriesOf(family, exposition)) seen.set(one.name, { ...one, scraped: false, sources: [0] })
  return { sources: [{ name, kind: 'exposition', extent: 'one scrape' }], seen, contracts: [], ofOthers: new Set() }
}

function seriesOf(family: ExposedFamily, { format }: Exposition): Iterable<Open> {
  const found = new Map<string, Open>()
  const open = (name: string): Open => {
    const made: Open = found.get(name) ?? {
      name,
      type: typeOf(family, name),
      series: 0,
      zero: true,
      milliseconds: false,
      labels: new Map(),
    }
    found.set(name, made)
    return made
  }
  // what is declared without series is known by its names only
  for (const suffix of suffixesOf(format, family.type)) if (!/_created$/.test(suffix)) open(family.name + suffix)
  for (const { name, labels, value } of family.samples) {
    const one = open(name)
    one.series += 1
    if (value !== 0) one.zero = false
    one.milliseconds = isMilliseconds(value) && (one.milliseconds || one.series === 1)
    for (const [label, text] of labels) {
      if (text === '') continue
      const known = one.labels.get(label)
      if (known === undefined) one.labels.set(label, { values: new Set([text]), on: 1 })
      else {
        known.values.add(text)
        known.on += 1
      }
    }
  }
  // a summary may have no quantiles and a signed histogram no sum: a name does not count as declared when others of its family have series
  const some = [...found.values()].filter(({ series }) => series > 0)
  return some.length > 0 ? some : found.values()
}

/** The type of the series of one name: buckets and counts only grow. */
function typeOf({ type, name: family }: ExposedFamily, name: string): string | null {
  if (name.endsWith('_created') && name !== family) return 'gauge'
  if (type === 'histogram' || type === 'summary' || type === 'gaugehistogram') {
    if (name === family) return type === 'summary' ? 'summary' : type
    return type === 'gaugehistogram' ? 'gaugehistogram' : `${type}${name.slice(family.length)}`
  }
  return type === 'untyped' || type === 'unknown' ? null : type
}
