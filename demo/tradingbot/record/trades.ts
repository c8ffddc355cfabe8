import { join } from 'node:path'
import { createKeptFile } from '../../paper/kept-file.ts'
import type { BotMetrics } from '../metrics.ts'

/** When the bot traded last, and how often it usually does, across restarts. */
export interface Trades {
  /** Records a fill now. */
  readonly filled: () => void
  readonly save: () => void
}

interface Kept {
  /** Seconds since 1970. */
  readonly last: number
  /** Seconds between the last fills, oldest first. */
  readonly gaps: readonly number[]
}

/** How many gaps are kept, and how many there must be before a gap is usual. */
const [most, enough] = [100, 10]

export function createTrades(metrics: BotMetrics, now: () => number, folder: string | null): Trades {
  const options = { bot: 'tradingbot', what: 'the time of the last fill', read: keptIn }
  const file = folder === null ? null : createKeptFile(join(folder, 'trades.json'), options)
  let kept = file?.known ?? null
  const record = () => {
    if (kept === null) return
    metrics.last_order_timestamp.set(kept.last)
    const usual = usualOf(kept.gaps)
    if (usual !== undefined) metrics.usual_trade_gap_seconds.set(usual)
  }
  record()
  return Object.freeze({
    filled: () => {
      const last = now() / 1000
      kept = { last, gaps: kept === null ? [] : [...kept.gaps, last - kept.last].slice(-most) }
      record()
    },
    save: () => {
      if (kept !== null) file?.save(kept)
    },
  })
}

/** The 90th percentile; undefined if there are too few. */
function usualOf(gaps: readonly number[]): number | undefined {
  return gaps.length < enough ? undefined : gaps.toSorted((a, b) => a - b)[Math.floor(0.9 * gaps.length)]
}

function keptIn(given: unknown): Kept | null {
  const { last, gaps } = (given ?? {}) as Partial<Kept>
  return typeof last === 'number' && Array.isArray(gaps) && gaps.every((gap) => typeof gap === 'number')
    ? Object.freeze({ last, gaps })
    : null
}
