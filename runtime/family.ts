import type { Metric } from '../definitions/language/metric.ts'
import type { Holder } from './bound.ts'
import { createBudget } from './budget.ts'
import type { Cells, Run } from './cells.ts'
import type { Kind } from './kind.ts'
import { escapedValue } from './label-text.ts'
import { overflowValue } from './label-values.ts'
import { createLineTexts, type LineTexts } from './line-texts.ts'
import { type Place, placesOf, readLabels, valuesAt } from './places.ts'
import type { Reason, Refusals } from './refusals.ts'
import { type Branch, createTree, type Tree } from './tree.ts'

/**
 * The series of one metric that share their open label values: one for each combination of closed values, created together
 * in adjacent cells, so that a combination is an index.
 */
export interface Block {
  readonly open: readonly string[]
  /** The same values, escaped for the exposition formats. */
  readonly escaped: readonly string[]
  readonly run: Run
  readonly series: number
  /** The holders of its cells, by the first cell of their series. */
  holders: Map<number, Holder[]> | null
  readonly overflow: boolean
  /** False once its cells may belong to another block. */
  alive: boolean
}

/** Computes a gauge's value at a scrape, at once or as a promise; undefined if there is no meaningful value. */
export type Reader = () => number | undefined | PromiseLike<number | undefined>

/** A collect callback and the cell that its value goes to. */
export interface Read {
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

/** The series of one metric, and the only access to them. */
export interface Family {
  readonly metric: Metric
  readonly kind: Kind
  readonly names: readonly string[]
  readonly openNames: readonly string[]
  readonly blocks: ReadonlySet<Block>
  readonly readers: Map<string, Read>
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

export function createFamily(metric: Metric, kind: Kind, cells: Cells, refusals: Refusals, now: () => number): Family {
  const places = placesOf(metric, kind.width)
  const names = places.map((place) => place.name)
  const openNames = places.filter((place) => place.steps === null).map((place) => place.name)
  const combinations = places.reduce((product, place) => product * (place.steps?.size ?? 1), 1)
  const budget = createBudget(metric, openNames)
  const blocks = new Set<Block>()
  let tree: Tree<Block> = createTree()
  let overflow: Block | null = null
  let filling: (family: Family) => void = () => {}

  const born = (open: readonly string[], series: number, isOverflow: boolean): Block => {
    const run = cells.take(series * kind.width)
    for (let i = 0; i < series; i++) kind.start(run.page, run.at + i * kind.width)
    const shown = open.map(escapedValue)
    // Values rarely need escaping, and then one list is enough.
    const escaped = shown.every((value, i) => value === open[i]) ? open : shown
    const block: Block = { open, escaped, run, series, holders: null, overflow: isOverflow, alive: true }
    blocks.add(block)
    return block
  }
  const note = (reason: Reason, what: string) => refusals.note(metric.name, reason, () => `${metric.name}: ${what}`)
  const begin = (open: readonly string[]): Block => {
    const there = tree.get(open)
    if (there !== undefined) return there
    const over = budget.over(open)
    if (over === null) {
      const block = born(budget.take(open), combinations, false)
      tree.set(block.open, block)
      return block
    }
    note('over-budget', over)
    overflow ??= born(
      names.map(() => overflowValue),
      1,
      true,
    )
    return overflow
  }
  const slow = (verb: string, labels: unknown, create: boolean): Block | null => {
    const values = readLabels(places, labels)
    if ('reason' in values) {
      family.refuse(verb, values.reason, values.what)
      return null
    }
    const open = values.filter((_, i) => places[i]?.steps === null)
    const block = create ? begin(open) : (tree.get(open) ?? null)
    if (block === null) return null
    const cell = places.reduce((sum, place, i) => sum + (place.steps?.get(values[i]) ?? 0), 0)
    family.at = block.run.at + (block.overflow ? 0 : cell)
    return block
  }
  /** The fast path for known labels: only looks them up, and builds no strings. */
  const quick = (given: Readonly<Record<string, unknown>>): Block | undefined => {
    let node: Branch<Block> | Block | undefined = tree.root()
    let cell = 0
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as Place
      if (place.steps === null) {
        if (node === undefined) return undefined
        node = (node as Branch<Block>).get(given[place.name])
      } else {
        const step = place.steps.get(given[place.name])
        if (step === undefined) return undefined
        cell += step
      }
    }
    let count = 0
    for (const _ in given) count++
    if (node === undefined || count !== places.length) return undefined
    family.at = (node as Block).run.at + cell
    return node as Block
  }
  const look = (verb: string, labels: unknown, create: boolean): Block | null => {
    try {
      const block = quick(labels as Readonly<Record<string, unknown>>)
      if (block !== undefined) return block
    } catch {
      // Not an object, or a getter threw: the slow path reports it.
    }
    return slow(verb, labels, create)
  }
  const family: Family = {
    metric,
    kind,
    names,
    openNames,
    blocks,
    readers: new Map(),
    now,
    followers: new Set(),
    written: new Set(),
    filledBy(write) {
      filling = write
    },
    fill: () => filling(family),
    at: 0,
    find: (verb, labels) => look(verb, labels, true),
    seek: (verb, labels) => look(verb, labels, false),
    begin,
    drop(block) {
      if (!block.alive) return
      block.alive = false
      for (const holder of [...(block.holders?.values() ?? [])].flat()) holder.page = null
      blocks.delete(block)
      cells.give(block.run)
      if (block.overflow) {
        overflow = null
        return
      }
      tree.delete(block.open)
      budget.give(block.open)
    },
    valuesOf: (block, offset) => (block.overflow ? block.open : valuesAt(places, block.open, offset)),
    textOf: createLineTexts(places, kind.width, kind.text),
    refuse: (verb, reason, what) => refusals.refuse(metric.name, reason, () => `${metric.name}.${verb}: ${what}`),
    note,
    reset() {
      family.readers.clear()
      family.written.clear()
      for (const block of blocks) family.drop(block)
      tree = createTree()
      if (openNames.length === 0) begin([])
    },
  }
  family.reset()
  return family
}
