import type { Block, Family } from './family.ts'

/** The cells of a series whose labels were checked once, so that a write is nothing but a store. */
export interface Holder {
  /** Null where the labels were refused or fell into the overflow series: then every write asks again. */
  block: Block | null
  page: Float64Array
  at: number
  /** Finds or begins the series anew, for the write of this name; false where that is refused. */
  readonly again: (verb: string) => boolean
}

/** Binds labels; `{}` for a metric that has none. */
export function createHolder(family: Family, labels: unknown): Holder {
  const copy = copied(labels)
  const holder: Holder = {
    block: null,
    page: new Float64Array(0),
    at: 0,
    again(verb) {
      const block = family.find(verb, copy)
      if (block === null) return false
      holder.page = block.run.page
      holder.at = family.at
      holder.block = block.overflow ? null : block
      return true
    },
  }
  holder.again('bind')
  return holder
}

/** Whether the cells still are those of the series. */
export const isHeld = (holder: Holder): boolean => holder.block?.alive === true

/** What the caller does with its object later changes nothing. */
function copied(labels: unknown): unknown {
  if (typeof labels !== 'object' || labels === null) return labels
  try {
    const copy: Record<string, unknown> = Object.create(null)
    for (const name in labels) copy[name] = (labels as Record<string, unknown>)[name]
    return copy
  } catch {
    return labels
  }
}
