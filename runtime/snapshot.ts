import type { Cells } from './cells.ts'
import { arrive, askAll, type Coming } from './readers.ts'
import type { Block, Family } from './shapes.ts'

/** All values at one moment: an exposition written from it is consistent, however long the writing takes. */
export interface Snapshot {
  readonly pages: readonly Float64Array[]
  readonly families: readonly { readonly family: Family; readonly blocks: readonly Block[] }[]
  readonly now: number
  /** Values of promises that are still pending, which are from a later moment. */
  readonly coming: readonly Coming[]
}

/** Calls all collect callbacks, then copies; no code of the bot runs in between. */
export function takeSnapshot(families: readonly Family[], cells: Cells, now: () => number): Snapshot {
  const coming = families.flatMap(askAll)
  return {
    coming,
    pages: cells.copy(),
    families: families.map((family) => ({ family, blocks: [...family.blocks] })),
    now: now(),
  }
}

/** Waits for the pending values, for a bounded time. */
export const completed = async (snapshot: Snapshot): Promise<Snapshot> => {
  await arrive(snapshot.coming, ({ block }) => snapshot.pages[block.run.pageNumber] as Float64Array)
  return snapshot
}
