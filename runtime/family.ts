import type { Metric } from '../definitions/language/metric.ts'
import { createBudget } from './budget.ts'
import type { Cells } from './cells.ts'
import { escapedValue } from './label-text.ts'
import { overflowValue } from './label-values.ts'
import { createLineTexts } from './line-texts.ts'
import { type Place, placesOf, readLabels, valuesAt } from './places.ts'
import type { Reason, Refusals } from './refusals.ts'
import type { Block, Family, Kind } from './shapes.ts'
import { type Branch, createTree, type Tree } from './tree.ts'

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
    // Nearly always nothing was to be escaped, and one list is enough.
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
  /** The way of labels that are all known: no check but that they are, and no text is built. */
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
      // No object, or one whose getters throw: the slow way says so.
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
