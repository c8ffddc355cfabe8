import type { Blocks } from './blocks.ts'
import { type LabelOffsets, readLabelValues } from './label-offsets.ts'
import type { Block, Family } from './shapes.ts'
import type { Branch } from './tree.ts'

type Find = (verb: string, labels: unknown, create: boolean) => Block | null

/** Creates a function that finds the block of labels and sets the family's `at`; null if the labels are refused, or without `create` if there is no such block. */
export function createFind(family: Family, places: readonly LabelOffsets[], { tree, begin }: Blocks): Find {
  const slow: Find = (verb, labels, create) => {
    const values = readLabelValues(places, labels)
    if ('reason' in values) {
      family.refuse(verb, values.reason, values.what)
      return null
    }
    const open = values.filter((_, i) => places[i]?.steps === null)
    const block = create ? begin(open) : (tree.get(open) ?? null)
    if (block === null) return null
    const cell = places.reduce((sum, place, i) => sum + (place.steps?.get(values[i]) ?? 0), 0)
    family.at = block.range.at + (block.overflow ? 0 : cell)
    return block
  }
  /** The fast path for known labels: only looks them up, and builds no strings. */
  const quick = (given: Readonly<Record<string, unknown>>): Block | undefined => {
    let node: Branch<Block> | Block | undefined = tree.root()
    let cell = 0
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as LabelOffsets
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
    family.at = (node as Block).range.at + cell
    return node as Block
  }
  return (verb, labels, create) => {
    try {
      const block = quick(labels as Readonly<Record<string, unknown>>)
      if (block !== undefined) return block
    } catch {
      // Not an object, or a getter threw: the slow path reports it.
    }
    return slow(verb, labels, create)
  }
}
