import { join } from 'node:path'
import { day } from '../../../definitions/mcbot/day.ts'
import { createDay, createOpeningValue, type OpeningValue } from '../../../runtime/day/index.ts'
import { createPeak, type Peak } from '../../../runtime/peak/index.ts'

/** What the equity is measured by: its peak, that of each strategy, and its value when the day began. */
export interface References {
  readonly opening: OpeningValue
  readonly peak: Peak
  readonly strategyPeaks: ReadonlyMap<string, Peak>
  readonly look: () => void
  readonly end: () => Promise<void>
}

interface ReferenceOptions {
  /** The equity of each strategy. */
  readonly strategies: ReadonlyMap<string, () => number>
  readonly transferred: () => number
  readonly errors: { readonly inc: () => void }
  readonly now: () => number
  /** The folder that keeps all of it across restarts; null if nothing keeps it. */
  readonly folder: string | null
}

/** Begins to measure, or continues with what the folder has. */
export function createReferences(
  equity: () => number,
  { folder, strategies, transferred, ...options }: ReferenceOptions,
): References {
  const kept = (name: string) => (folder === null ? options : { ...options, file: join(folder, name) })
  const opening = createOpeningValue(createDay(day), equity, { ...kept('opening-equity.json'), transferred })
  const peak = createPeak(equity, { ...kept('peak-equity.json'), transferred })
  // What is transferred is the account's: the capital of a strategy stays.
  const strategyPeaks = new Map(
    [...strategies].map(([strategy, worth]) => [strategy, createPeak(worth, kept(`peak-strategy-${strategy}.json`))]),
  )
  const peaks = [peak, ...strategyPeaks.values()]
  const look = () => {
    opening.value()
    for (const one of peaks) one.look()
  }
  look()
  return Object.freeze({
    opening,
    peak,
    strategyPeaks,
    look,
    end: async () => {
      await Promise.all([opening, ...peaks].map((one) => one.end()))
    },
  })
}
