import { isFiniteNumber } from '../numbers.ts'
import { afterTransfer } from '../state/after-transfer.ts'
import { readValue } from '../state/read-value.ts'
import { createReports } from '../state/reports.ts'
import { createStateFile, readStateFile } from '../state/state-file.ts'

/** The highest value so far, such as the peak of the equity, which a drawdown is measured from. */
export interface Peak {
  /** The highest value so far; undefined while none is known. */
  readonly value: () => number | undefined
  /** How far the value is below its peak, as a share of the peak: 0.1 is a tenth; undefined while that is unknown, or if the peak is not above zero. */
  readonly drawdown: () => number | undefined
  /**
   * Since when the peak has been kept, in milliseconds since 1970; undefined while none is known. A bot that loses its state file
   * begins a new peak, and a metric of this shows it.
   */
  readonly since: () => number | undefined
  /** Looks at the value now, and raises the peak to it; value() and drawdown() look as well. */
  readonly look: () => void
  /** Stops looking and waits until the state file is written. */
  readonly end: () => Promise<void>
}

export interface PeakOptions {
  /** The state file that keeps the peak across restarts, one for each value and bot; without it, a restart forgets the drawdown. */
  readonly file?: string
  /**
   * Deposits less withdrawals so far, in the same snapshot as the value: the peak moves in proportion, so that neither changes the
   * drawdown, also if it happens while the bot is down.
   */
  readonly transferred?: () => number | undefined
  /** A counter of failures: a state file that cannot be read or written, a value that cannot be read. */
  readonly errors?: { readonly inc: () => void }
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number
  /** Receives one line for each kind of failure; default console.warn. */
  readonly log?: (message: string) => void
}

/** Between two looks, and between two writes of a peak that keeps rising, in milliseconds. */
const lookEvery = 1000
const writeEvery = 5000

/** Keeps the highest `read()` so far, across restarts. It looks once a second, and never throws. */
export function createPeak(read: () => number | undefined, options: PeakOptions = {}): Peak {
  const { file, transferred = () => 0, now = Date.now } = options
  const reports = createReports('a peak', options)
  let state = file === undefined ? null : readStateFile(file, (text) => stateIn(text, now), reports.ofFile)
  let written = state
  const kept = file === undefined ? null : createStateFile(file, reports.ofFile)

  const look = (): number | undefined => {
    const value = readValue(read, 'the value', reports)
    const total = readValue(transferred, 'the sum of transfers', reports)
    if (value === undefined || total === undefined) return undefined
    const moved = total - (state?.transferred ?? total)
    const peak = Math.max(value, state === null ? value : afterTransfer(state.peak, value, moved))
    if (peak !== state?.peak || total !== state.transferred)
      state = Object.freeze({ peak, transferred: total, since: state?.since ?? now() })
    return value
  }
  const save = (): void => {
    if (state === null || state === written) {
      kept?.retry()
      return
    }
    written = state
    kept?.write(`${JSON.stringify({ ...state, since: new Date(state.since).toISOString() })}\n`)
  }

  const looking = setInterval(look, lookEvery)
  const writing = setInterval(save, writeEvery)
  // They must not keep a process alive that has nothing else to do.
  looking.unref()
  writing.unref()

  return Object.freeze({
    value: () => {
      look()
      return state?.peak
    },
    drawdown: () => {
      const value = look()
      return value === undefined || state === null || state.peak <= 0 ? undefined : (state.peak - value) / state.peak
    },
    since: () => {
      look()
      return state?.since
    },
    look: () => void look(),
    end: async () => {
      clearInterval(looking)
      clearInterval(writing)
      look()
      save()
      await kept?.end()
    },
  })
}

/** What is kept across restarts. */
interface PeakState {
  readonly peak: number
  /** Null if the file does not say it: nothing was transferred since. */
  readonly transferred: number | null
  /** When the first peak was taken. */
  readonly since: number
}

/**
 * The state in the text of a state file; null if it is anything else. A person who writes a peak may leave out the rest, and the first
 * files did not say since when.
 */
function stateIn(text: string, now: () => number): PeakState | null {
  try {
    const { peak, transferred, since } = (JSON.parse(text) ?? {}) as Partial<Record<keyof PeakState, unknown>>
    const began = since === undefined ? now() : typeof since === 'string' ? Date.parse(since) : Number.NaN
    if (!isFiniteNumber(peak) || !isFiniteNumber(began)) return null
    if (transferred !== undefined && !isFiniteNumber(transferred)) return null
    return Object.freeze({ peak, transferred: transferred ?? null, since: began })
  } catch {
    return null
  }
}
