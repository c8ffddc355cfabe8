import type { Target } from '../alerts/case.ts'
import type { Scrape } from '../alerts/scrapes.ts'
import type { LabelSet } from './firing.ts'
import type { Samples } from './remote-write.ts'

/** Consecutive scrapes as series; both times are those of a scrape, in seconds. */
export interface ScrapedSeries {
  readonly from: number
  readonly to: number
  readonly series: readonly Samples[]
}

interface ScrapedSeriesCollector {
  /** Returns how many scrapes wait to be taken. */
  readonly add: (row: Scrape) => number
  /** The scrapes since the last call; null if there are none. */
  readonly take: () => ScrapedSeries | null
}

/** Turns the scrapes of a target, `every` seconds apart, into what Prometheus stores: a series ends with the first scrape without it. */
export function createScrapedSeries(target: Target, every: number): ScrapedSeriesCollector {
  const labelsOf = new Map<string, LabelSet>()
  let present: ReadonlySet<string> = new Set()
  let values = new Map<string, (number | null | undefined)[]>()
  let [taken, waiting] = [0, 0]
  const put = (series: string, value: number | null) => {
    const known = values.get(series) ?? []
    known[waiting] = value
    values.set(series, known)
  }
  return Object.freeze({
    add: (row: Scrape) => {
      put('up', row === null ? 0 : 1)
      for (const [series, value] of row ?? []) put(series, value)
      for (const series of present) if (row?.has(series) !== true) put(series, null)
      present = new Set(row?.keys())
      waiting += 1
      return waiting
    },
    take: () => {
      if (waiting === 0) return null
      const from = taken * every
      const series = [...values].map(([series, values]) => {
        const labels = labelsOf.get(series) ?? { ...labelsIn(series), ...target }
        labelsOf.set(series, labels)
        return { labels, from, step: every, values: Array.from(values) }
      })
      taken += waiting
      waiting = 0
      values = new Map()
      return { from, to: (taken - 1) * every, series }
    },
  })
}

/** The labels of a series as a bot exposes it, with its name. */
function labelsIn(series: string): LabelSet {
  const [, name = '', inside = ''] = /^([^{]+)(?:\{(.*)\})?$/.exec(series) ?? []
  const pairs = [...inside.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)]
  return { ...Object.fromEntries(pairs.map(([, label, value]) => [label, JSON.parse(value ?? '')])), __name__: name }
}
