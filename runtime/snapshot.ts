import type { Cells } from './cells.ts'
import type { Block, Family, Reader } from './family.ts'
import { isNumber } from './numbers.ts'
import { shown } from './shown.ts'

/** All values of one moment: what is written from it is never torn, however long the writing takes. */
export interface Snapshot {
  readonly pages: readonly Float64Array[]
  readonly families: readonly { readonly family: Family; readonly blocks: readonly Block[] }[]
  readonly now: number
}

/** Asks all readers, then copies; nothing of the bot runs in between. */
export function takeSnapshot(families: readonly Family[], cells: Cells, now: () => number): Snapshot {
  for (const family of families) readAll(family)
  return {
    pages: cells.copy(),
    families: families.map((family) => ({ family, blocks: [...family.blocks] })),
    now: now(),
  }
}

/** Puts what a family's readers say into its cells; the series of one that fails is absent. */
export function readAll(family: Family): void {
  for (const { block, at, read } of [...family.readers.values()]) {
    const value = ask(family, read)
    if (block.alive) block.run.page[at] = value
  }
}

function ask(family: Family, read: Reader): number {
  let value: unknown
  try {
    value = read()
  } catch (error) {
    const said = error instanceof Error ? error.message : error
    family.note('reader-failed', `the reader threw ${shown(said)}: its series is left out until it answers`)
    return Number.NaN
  }
  if (isNumber(value)) return value
  if (value !== undefined)
    family.note(
      'reader-failed',
      `the reader returned ${shown(value)}, expected a finite number, or undefined while there is none: its series is left out`,
    )
  return Number.NaN
}
