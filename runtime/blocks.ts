import type { Metric } from '../definitions/language/metric.ts'
import { createBudget } from './budget.ts'
import type { Cells } from './cells.ts'
import type { LabelOffsets } from './label-offsets.ts'
import { escapeValue } from './label-text.ts'
import { overflowValue } from './label-values.ts'
import type { Block, Kind } from './shapes.ts'
import { createTree, type PathTree } from './tree.ts'

/** The blocks of one metric, from their creation to their removal. */
export interface Blocks {
  readonly all: ReadonlySet<Block>
  /** Blocks within the budget, by their open values. */
  readonly tree: PathTree<Block>
  /** The block of these open values, created if needed; the overflow block if they are over budget. */
  readonly begin: (open: readonly string[]) => Block
  /** Removes all series of a block and frees its place in the budget. */
  readonly drop: (block: Block) => void
  /** Removes all blocks; a metric without open labels gets its block again. */
  readonly reset: () => void
}

/** Creates the blocks of a metric and enforces its budget; `noteOver` is called for labels that exceed it. */
export function createBlocks(
  metric: Metric,
  kind: Kind,
  cells: Cells,
  places: readonly LabelOffsets[],
  noteOver: (why: string) => void,
): Blocks {
  const openNames = places.filter((place) => place.steps === null).map((place) => place.name)
  const combinations = places.reduce((product, place) => product * (place.steps?.size ?? 1), 1)
  const budget = createBudget(metric, openNames)
  const all = new Set<Block>()
  const tree = createTree<Block>()
  let overflow: Block | null = null

  const born = (open: readonly string[], series: number, isOverflow: boolean): Block => {
    const range = cells.take(series * kind.width)
    for (let i = 0; i < series; i++) kind.start(range.chunk, range.at + i * kind.width)
    const shown = open.map(escapeValue)
    // Values rarely need escaping, and then one list is enough.
    const escaped = shown.every((value, i) => value === open[i]) ? open : shown
    const block: Block = { open, escaped, range, series, holders: null, overflow: isOverflow, alive: true }
    all.add(block)
    return block
  }
  const begin = (open: readonly string[]): Block => {
    const there = tree.get(open)
    if (there !== undefined) return there
    const over = budget.over(open)
    if (over === null) {
      const block = born(budget.take(open), combinations, false)
      tree.set(block.open, block)
      return block
    }
    noteOver(over)
    overflow ??= born(
      places.map(() => overflowValue),
      1,
      true,
    )
    return overflow
  }
  const drop = (block: Block): void => {
    if (!block.alive) return
    block.alive = false
    for (const holder of [...(block.holders?.values() ?? [])].flat()) holder.chunk = null
    all.delete(block)
    cells.give(block.range)
    if (block.overflow) {
      overflow = null
      return
    }
    tree.delete(block.open)
    budget.give(block.open)
  }
  const reset = (): void => {
    for (const block of all) drop(block)
    tree.clear()
    if (openNames.length === 0) begin([])
  }
  return { all, tree, begin, drop, reset }
}
