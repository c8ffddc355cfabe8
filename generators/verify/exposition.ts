/** The Prometheus text format 0.0.4, or OpenMetrics 1.0. */
export type Format = 'text' | 'openmetrics'

/** One line of an exposition that has a value. */
export interface Sample {
  readonly name: string
  /** As written; a histogram's `le` among them. */
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
  /** Seconds since 1970, where the process wrote a time of its own. */
  readonly timestamp: number | null
  readonly line: number
}

/** What stands under one name: how it is declared, and its samples. */
export interface Family {
  /** As its own lines have it: in OpenMetrics a counter's has no `_total`. */
  readonly name: string
  /** Null where no line says it. */
  readonly type: string | null
  readonly help: string | null
  readonly unit: string | null
  readonly line: number
  readonly samples: readonly Sample[]
}

/** What a reader can still read, and a strict one would not. */
export interface Flaw {
  readonly line: number
  readonly family: string
  readonly given: string
  readonly expected: string
}

export interface Exposition {
  readonly format: Format
  readonly families: readonly Family[]
  readonly flaws: readonly Flaw[]
}

/** Why a text is no exposition; line 0 where it is about the whole. */
export interface Unreadable {
  readonly line: number
  readonly wrong: string
}
