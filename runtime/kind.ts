import type { Family } from './family.ts'

/** One sample in the shape that prom-client's Registry reads. */
export interface Sample {
  readonly value: number
  readonly labels: Readonly<Record<string, string | number>>
  readonly metricName?: string
}

/** What differs between the five kinds of metric, and ages. A series is one set of label values, however many lines it exposes. */
export interface Kind {
  /** Cells per series. */
  readonly width: number
  /** Initializes the cells of a new series, which hold 0. */
  readonly start: (page: Float64Array, at: number) => void
  /** The text that all lines of a series share; passed to `lines` at every scrape. */
  readonly text: (labels: string) => string
  /** The lines of a series, each preceded by a line break; empty while it is absent. */
  readonly lines: (text: string, page: Float64Array, at: number, now: number) => string
  readonly samples: (labels: Readonly<Record<string, string>>, page: Float64Array, at: number, now: number) => Sample[]
  readonly handle: (family: Family) => object
}
