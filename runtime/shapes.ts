import type { Metric } from '../definitions/language/metric.ts'
import type { CellRange } from './cells.ts'
import type { Reason } from './refusals.ts'

// The shapes of the parts of a metric; they refer to each other, so they are in one file.

/** The series of one metric, and the only access to them. */
export interface Family {
  readonly metric: Metric
  readonly kind: Kind
  readonly names: readonly string[]
  readonly openNames: readonly string[]
  readonly blocks: ReadonlySet<Block>
  readonly readers: Map<string, ReaderSlot>
  readonly now: () => number
  /** Families whose series are removed together with those of this one, by the same labels. */
  readonly followers: Set<Family>
  /** Series that once had a value and may be gone, by their index in a block. */
  readonly written: Set<number>
  /** Registers a function that writes the cells just before every read. */
  readonly filledBy: (fill: (family: Family) => void) => void
  readonly fill: () => void
  /** First cell of the series that `find` or `seek` found last. */
  at: number
  /** The block of these labels, created if needed, with `at` set; null if the labels are refused. */
  readonly find: (verb: string, labels: unknown) => Block | null
  /** Like `find`, but also null if there is no such series. */
  readonly seek: (verb: string, labels: unknown) => Block | null
  /** Creates all closed combinations of these open values, given in the order of `openNames`. */
  readonly begin: (open: readonly string[]) => Block
  /** Removes all series of a block and frees its place in the budget. */
  readonly drop: (block: Block) => void
  /** Label values, in the order of `names`, of the series at this offset in cells from the start of its block. */
  readonly valuesOf: (block: Block, cells: number) => readonly string[]
  /** The start of the exposition lines of a series, by its index in its block. */
  readonly textOf: LineTexts
  readonly refuse: (verb: string, reason: Reason, what: string) => void
  readonly note: (reason: Reason, what: string) => void
  /** Removes all series and returns to the state after creation; bound handles create their series again at the next write. */
  readonly reset: () => void
}

/**
 * The series of one metric that share their open label values: one for each combination of closed values, created together
 * in adjacent cells, so that a combination is an index.
 */
export interface Block {
  readonly open: readonly string[]
  /** The same values, escaped for the exposition formats. */
  readonly escaped: readonly string[]
  readonly range: CellRange
  readonly series: number
  /** The holders of its cells, by the first cell of their series. */
  holders: Map<number, Holder[]> | null
  readonly overflow: boolean
  /** False once its cells may belong to another block. */
  alive: boolean
}

/** The cells of a series whose labels were checked once, so that a write is a single store. */
export interface Holder {
  /** Null once the cells may belong to another series, and while the labels are refused or over budget. */
  chunk: Float64Array | null
  at: number
  block: Block | null
  /** Looks the series up again, or creates it, on behalf of the method `verb`; null if the labels are refused. */
  readonly again: (verb: string) => Float64Array | null
}

/** Computes a gauge's value at a scrape, at once or as a promise; undefined if there is no meaningful value. */
export type Reader = () => number | undefined | PromiseLike<number | undefined>

/** A collect callback and the cell that its value goes to. */
export interface ReaderSlot {
  readonly block: Block
  readonly at: number
  readonly read: Reader
  /** Whether its promise is pending; it is not called again until that settles. */
  pending: boolean
  /** How many times in a row it blocked the event loop for too long. */
  late: number
  /** Not called before this time, because it blocked the event loop too often. */
  restsUntil: number
}

/** One sample in the shape that prom-client's Registry reads. */
export interface RegistrySample {
  readonly value: number
  readonly labels: Readonly<Record<string, string | number>>
  readonly metricName?: string
}

/** What differs between the five kinds of metric, and ages. A series is one set of label values, however many lines it exposes. */
export interface Kind {
  /** Cells per series. */
  readonly width: number
  /** Initializes the cells of a new series, which hold 0. */
  readonly start: (chunk: Float64Array, at: number) => void
  /** The text that all lines of a series share; passed to `lines` at every scrape. */
  readonly text: (labels: string) => string
  /** The lines of a series, each preceded by a line break; empty while it is absent. */
  readonly lines: (text: string, chunk: Float64Array, at: number, now: number) => string
  readonly samples: (
    labels: Readonly<Record<string, string>>,
    chunk: Float64Array,
    at: number,
    now: number,
  ) => RegistrySample[]
  readonly handle: (family: Family) => object
}

/** The start of the exposition lines of a series, by its index in its block. */
export type LineTexts = (block: Block, series: number) => string
