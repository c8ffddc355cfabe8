import type { Cells } from './cells.ts'
import { arrive, askAll, type Coming } from './readers.ts'
import type { Block, Family } from './shapes.ts'

/** All values of one moment: what is written from it is never torn, however long the writing takes. */
export interface Snapshot {
  readonly pages: readonly Float64Array[]
  readonly families: readonly { readonly family: Family; readonly blocks: readonly Block[] }[]
  readonly now: number
  /** What readers answer later: not of the same moment. */
  readonly coming: readonly Coming[]
}

/** Asks all readers, then copies; nothing of the bot runs in between. */
export function takeSnapshot(families: readonly Family[], cells: Cells, now: () => number): Snapshot {
  const coming = families.flatMap(askAll)
  return {
    coming,
    pages: cells.copy(),
    families: families.map((family) => ({ family, blocks: [...family.blocks] })),
    now: now(),
  }
}

/** Waits for what readers answer later, at most for their patience. */
export const completed = async (snapshot: Snapshot): Promise<Snapshot> => {
  await arrive(snapshot.coming, ({ block }) => snapshot.pages[block.run.pageNumber] as Float64Array)
  return snapshot
}
