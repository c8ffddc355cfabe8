import type { Family } from './family.ts'

/** One sample as prom-client's Registry reads it. */
export interface Sample {
  readonly value: number
  readonly labels: Readonly<Record<string, string | number>>
  readonly metricName?: string
}

/** What the five kinds of metric, and ages, do differently. A series is one set of label values, whatever it exposes. */
export interface Kind {
  /** Cells that a series takes. */
  readonly width: number
  /** Gives the cells of a new series, which hold 0, what they hold before the first write. */
  readonly start: (page: Float64Array, at: number) => void
  /** What of a series' text its lines share; it is handed to `lines` at every scrape. */
  readonly text: (labels: string) => string
  /** The lines of a series, each behind its line break; empty while it is absent. */
  readonly lines: (text: string, page: Float64Array, at: number, now: number) => string
  readonly samples: (labels: Readonly<Record<string, string>>, page: Float64Array, at: number, now: number) => Sample[]
  readonly handle: (family: Family) => object
}
