import { readValue } from '../state/read-value.ts'
import { createReports } from '../state/reports.ts'
import { createStateFile, readStateFile } from '../state/state-file.ts'
import type { DayBoundaries } from './day.ts'
import { type Opening, openingsIn, stateTextOf } from './openings.ts'

/** A value as it was when the day began. */
export interface OpeningValue {
  /** The value at the start of today; undefined while none is known. */
  readonly value: () => number | undefined
  /** How far the value has moved since the start of today, such as today's PnL; undefined while that is unknown. */
  readonly change: () => number | undefined
  /** Stops capturing and waits until the state file is written. */
  readonly end: () => Promise<void>
}

export interface OpeningValueOptions {
  /** The state file that keeps the value across restarts, one for each value and bot; without it, a restart captures again. */
  readonly file?: string
  /** A counter of failures: a state file that cannot be read or written, a value that cannot be read. */
  readonly errors?: { readonly inc: () => void }
  /** Receives one line for each kind of failure; default console.warn. */
  readonly log?: (message: string) => void
  /** The clock in milliseconds since 1970; default Date.now. */
  readonly now?: () => number
}

/** The longest pause between two looks at the clock: a timer of hours would miss a step of the clock or a suspension. */
const longestPause = 30_000
const shortestPause = 50
/** A bot whose previous look at the clock is this recent was running when the day began. */
const seenWithin = 4 * longestPause
/** Today and the day before, in case the clock goes back over midnight, and as many again for a clock that is set after the start. */
const mostKept = 4

/**
 * Captures `read()` when a day begins, or as soon as it returns a number, and keeps it for the rest of the day, across restarts
 * and clock steps. It never throws.
 */
export function createOpeningValue(
  day: DayBoundaries,
  read: () => number | undefined,
  options: OpeningValueOptions = {},
): OpeningValue {
  const { file, now = Date.now } = options
  const reports = createReports('an opening value', options)
  let openings: readonly Opening[] = file === undefined ? [] : (readStateFile(file, openingsIn, reports.ofFile) ?? [])
  const state = file === undefined ? null : createStateFile(file, reports.ofFile)
  let lastLook: number | null = null

  const current = (): number | undefined => readValue(read, 'the value', reports)

  const opening = (): Opening | undefined => {
    const ms = now()
    const start = day.startOf(ms)
    if (Number.isNaN(start)) return undefined
    const hasSeenBegin = lastLook !== null && lastLook < start && ms - lastLook <= seenWithin
    lastLook = ms
    // What is known of a day that begins only now was captured while the clock was ahead.
    if (hasSeenBegin) openings = openings.filter((known) => known.start !== start)
    const known = openings.find((one) => one.start === start)
    if (known !== undefined) return known
    const value = current()
    if (value === undefined) return undefined
    const captured: Opening = Object.freeze({ start, value, capturedAt: ms })
    openings = [captured, ...openings].slice(0, mostKept)
    state?.write(stateTextOf(openings))
    return captured
  }

  let timer: NodeJS.Timeout
  const wait = (): void => {
    const ms = now()
    const left = day.endOf(ms) - ms
    const pause = left < longestPause ? Math.max(left, shortestPause) : longestPause
    timer = setTimeout(() => {
      state?.retry()
      opening()
      wait()
    }, pause)
    // It must not keep a process alive that has nothing else to do.
    timer.unref()
  }
  wait()

  return Object.freeze({
    value: () => opening()?.value,
    change: () => {
      const began = opening()
      const value = began === undefined ? undefined : current()
      return began === undefined || value === undefined ? undefined : value - began.value
    },
    end: async () => {
      clearTimeout(timer)
      await state?.end()
    },
  })
}
