import { readValue } from '../state/read-value.ts'
import { createReports } from '../state/reports.ts'
import { createStateFile, readStateFile } from '../state/state-file.ts'
import type { DayBoundaries } from './day.ts'
import { type LastValue, type Opening, openingOf, openingStateIn, stateTextOf, withTransfers } from './openings.ts'

/** A value as it was when the day began. */
export interface OpeningValue {
  /** The value at the start of today; undefined while none is known. */
  readonly value: () => number | undefined
  /** How far the value has moved since the start of today, such as today's PnL; undefined while that is unknown. It leaves transfers out. */
  readonly change: () => number | undefined
  /**
   * The same as a share of the value at the start of today: -0.1 is a loss of a tenth. A transfer leaves it as it is; undefined
   * while it is unknown, or if that value is not above zero.
   */
  readonly relativeChange: () => number | undefined
  /** Stops capturing and waits until the state file is written. */
  readonly end: () => Promise<void>
}

export interface OpeningValueOptions {
  /** The state file that keeps the value across restarts, one for each value and bot; without it, a restart captures again. */
  readonly file?: string
  /** Deposits less withdrawals so far, in the same snapshot as the value; without it, each of them is a change. */
  readonly transferred?: () => number | undefined
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
 * and clock steps. If the day begins while the bot is down, its last value before that counts. It never throws.
 */
export function createOpeningValue(
  day: DayBoundaries,
  read: () => number | undefined,
  options: OpeningValueOptions = {},
): OpeningValue {
  const { file, transferred, now = Date.now } = options
  const reports = createReports('an opening value', options)
  const kept = file === undefined ? null : readStateFile(file, openingStateIn, reports.ofFile)
  let openings: readonly Opening[] = kept?.openings ?? []
  /** Of the process before, until this one knows a value. */
  let before = kept?.last ?? null
  let last: LastValue | null = before
  const state = file === undefined ? null : createStateFile(file, reports.ofFile)
  let lastLook: number | null = null

  const current = (): number | undefined => readValue(read, 'the value', reports)
  const total = (): number | undefined =>
    transferred === undefined ? 0 : readValue(transferred, 'the sum of transfers', reports)

  const see = (value: number, sum: number, at: number): void => {
    last = Object.freeze({ value, at, transferred: transferred === undefined ? null : sum })
    before = null
  }
  const write = (): void => (openings.length === 0 ? state?.retry() : state?.write(stateTextOf({ openings, last })))

  const opening = (): Opening | undefined => {
    const ms = now()
    const start = day.startOf(ms)
    if (Number.isNaN(start)) return undefined
    const hasSeenBegin = lastLook !== null && lastLook < start && ms - lastLook <= seenWithin
    lastLook = ms
    // What is known of a day that begins only now was captured while the clock was ahead.
    if (hasSeenBegin) openings = openings.filter((known) => known.start !== start)
    const known = openings.find((one) => one.start === start)
    const looked = known === undefined ? captured(start, ms) : followed(known)
    if (looked === undefined || looked === known) return looked
    openings = [looked, ...openings.filter((one) => one !== known)].slice(0, mostKept)
    write()
    return looked
  }

  const captured = (start: number, ms: number): Opening | undefined => {
    const [value, sum] = [current(), total()]
    if (value === undefined || sum === undefined) return undefined
    const taken = before
    see(value, sum, ms)
    const isOfDayBefore = taken !== null && day.startOf(start - 1) <= taken.at && taken.at < start
    const began = isOfDayBefore ? taken : { value, at: ms, transferred: sum }
    return openingOf(start, began, transferred === undefined ? null : { value, sum })
  }
  const followed = (known: Opening): Opening => {
    if (transferred === undefined)
      return known.transfers === null ? known : Object.freeze({ ...known, transfers: null })
    const sum = total()
    if (sum === undefined || sum === known.transfers?.total) return known
    const value = current()
    return value === undefined ? known : withTransfers(known, value, sum)
  }

  const change = (): number | undefined => {
    const began = opening()
    if (began === undefined) return undefined
    const [value, sum] = [current(), total()]
    if (value === undefined || sum === undefined) return undefined
    see(value, sum, now())
    return value - began.value - (sum - (began.transfers?.before ?? sum))
  }

  let timer: NodeJS.Timeout
  const wait = (): void => {
    const ms = now()
    const left = day.endOf(ms) - ms
    const pause = left < longestPause ? Math.max(left, shortestPause) : longestPause
    timer = setTimeout(() => {
      opening()
      change()
      write()
      wait()
    }, pause)
    // It must not keep a process alive that has nothing else to do.
    timer.unref()
  }
  wait()

  return Object.freeze({
    value: () => opening()?.value,
    change,
    relativeChange: () => {
      const began = opening()
      const value = began === undefined ? undefined : current()
      const basis = began?.transfers?.basis ?? began?.value
      return value === undefined || basis === undefined || basis <= 0 ? undefined : (value - basis) / basis
    },
    end: async () => {
      clearTimeout(timer)
      write()
      await state?.end()
    },
  })
}
