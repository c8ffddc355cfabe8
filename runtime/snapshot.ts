import type { Cells } from './cells.ts'
import { arrive, askAll, type PendingRead } from './readers.ts'
import type { Block, Family } from './shapes.ts'

/** All values at one moment: an exposition written from it is consistent, however long the writing takes. */
export interface Snapshot {
  readonly chunks: readonly Float64Array[]
  readonly families: readonly { readonly family: Family; readonly blocks: readonly Block[] }[]
  readonly now: number
  /** Values of promises that are still pending, which are from a later moment. */
  readonly pending: readonly PendingRead[]
}

/** Calls all collect callbacks, then copies; no code of the bot runs in between. */
export function takeSnapshot(families: readonly Family[], cells: Cells, now: () => number): Snapshot {
  const pending = families.flatMap(askAll)
  return {
    pending,
    chunks: cells.copy(),
    families: families.map((family) => ({ family, blocks: [...family.blocks] })),
    now: now(),
  }
}

/** Waits for the pending values, for a bounded time. */
export const completeSnapshot = async (snapshot: Snapshot): Promise<Snapshot> => {
  await arrive(snapshot.pending, ({ block }) => snapshot.chunks[block.range.chunkNumber] as Float64Array)
  return snapshot
}
