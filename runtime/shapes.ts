import type { Metric } from '../definitions/language/metric.ts'
import type { Run } from './cells.ts'
import type { Reason } from './refusals.ts'

// What the parts of a metric know of one another; they refer to each other, so they stand in one file.

/** The series of one metric, and the only way to them. */
export interface Family {
  readonly metric: Metric
  readonly kind: Kind
  readonly names: readonly string[]
  readonly openNames: readonly string[]
  readonly blocks: ReadonlySet<Block>
  readonly readers: Map<string, Read>
  readonly now: () => number
  /** Families whose series end with those of this one, by the same labels. */
  readonly followers: Set<Family>
  /** Series that had a value and are gone, by their place in a block. */
  readonly written: Set<number>
  /** Has its cells written just before each time that they are read. */
  readonly filledBy: (fill: (family: Family) => void) => void
  readonly fill: () => void
  /** First cell of the series that `find` or `seek` found last. */
  at: number
  /** The block of these labels, born if need be, with `at` set; null where they were refused. */
  readonly find: (verb: string, labels: unknown) => Block | null
  /** As `find`, but null too where there is no such series. */
  readonly seek: (verb: string, labels: unknown) => Block | null
  /** Starts all closed combinations of these open values, which stand in the order of `openNames`. */
  readonly begin: (open: readonly string[]) => Block
  /** Ends all series of a block and frees its place in the budget. */
  readonly drop: (block: Block) => void
  /** Label values in the order of `names`, of the series whose first cell lies so far from that of its block. */
  readonly valuesOf: (block: Block, cells: number) => readonly string[]
  /** What the lines of a block's series begin with, by its place in the block. */
  readonly textOf: LineTexts
  readonly refuse: (verb: string, reason: Reason, what: string) => void
  readonly note: (reason: Reason, what: string) => void
  /** Ends all series and starts again as after creation; what is bound begins its series anew. */
  readonly reset: () => void
}

/**
 * The series of one metric that share their open values: one for each combination of the closed ones, born together
 * and next to one another, so that a closed combination is an index.
 */
export interface Block {
  readonly open: readonly string[]
  /** The same, as they stand between the quotes of an exposition. */
  readonly escaped: readonly string[]
  readonly run: Run
  readonly series: number
  /** Who holds its cells, by the first cell of their series. */
  holders: Map<number, Holder[]> | null
  readonly overflow: boolean
  /** False once its cells may belong to another block. */
  alive: boolean
}

/** The cells of a series whose labels were checked once, so that a write is nothing but a store. */
export interface Holder {
  /** Null once the cells may belong to another series, and for as long as the labels are refused or over budget. */
  page: Float64Array | null
  at: number
  block: Block | null
  /** Finds or begins the series anew, for the write of this name; null where that is refused. */
  readonly again: (verb: string) => Float64Array | null
}

/** A gauge's value that the bot computes when it is asked for, now or a little later; undefined while there is nothing honest to say. */
export type Reader = () => number | undefined | PromiseLike<number | undefined>

/** Where a reader's value goes. */
export interface Read {
  readonly block: Block
  readonly at: number
  readonly read: Reader
  /** Whether an answer is still to come; until then it is not asked again. */
  pending: boolean
  /** How many times in a row it held the bot up. */
  late: number
  /** Not asked before this moment, because it held the bot up again and again. */
  restsUntil: number
}

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

/** What the lines of a block's series begin with, by the place of the series in its block. */
export type LineTexts = (block: Block, series: number) => string
