/** The Prometheus text format 0.0.4, or OpenMetrics 1.0. */
export type ExpositionFormat = 'text' | 'openmetrics'

/** One line of an exposition that has a value. */
export interface Sample {
  readonly name: string
  /** As written; a histogram's `le` among them. */
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
  /** Seconds since 1970, if the process wrote an explicit timestamp. */
  readonly timestamp: number | null
  readonly line: number
}

/** One name: its declaration and its samples. */
export interface ExposedFamily {
  /** As in its own lines: in OpenMetrics a counter's name has no `_total`. */
  readonly name: string
  /** Null if no line declares it. */
  readonly type: string | null
  readonly help: string | null
  readonly unit: string | null
  readonly line: number
  readonly samples: readonly Sample[]
}

/** What a lenient reader accepts and a strict one would not. */
export interface Flaw {
  readonly line: number
  readonly family: string
  readonly given: string
  readonly expected: string
}

export interface Exposition {
  readonly format: ExpositionFormat
  readonly families: readonly ExposedFamily[]
  readonly flaws: readonly Flaw[]
}

/** Why a text is not an exposition; line 0 if it is about the whole text. */
export interface Unreadable {
  readonly line: number
  readonly wrong: string
}
